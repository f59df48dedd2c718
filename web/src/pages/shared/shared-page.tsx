import { Anchor, Container, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { SharedReply } from '../../../../src/contract/shares.ts'
import { shared } from '../../api.ts'
import { Brand } from '../../app-shell/brand.tsx'
import { SchemeSwitch } from '../../app-shell/scheme-switch.tsx'
import { LanguageSelect } from '../../i18n/language-select.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { sharedPath } from './shared-path.ts'
import { SharedTranscript } from './shared-transcript.tsx'

/** A transcript that somebody was sent the link of: to read and to play, without a login. */
export function SharedPage() {
  const t = useTranslations('shared')
  const shell = useTranslations('shell')
  const { token } = useParams({ from: '/shared/$token' })
  const query = useQuery({
    queryKey: ['shared', token],
    queryFn: () => shared.get<SharedReply>(sharedPath(token)),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Container size="lg" py="md">
      <Stack>
        <Group justify="space-between" component="header">
          <Brand />
          <Group gap="xs" wrap="nowrap">
            <LanguageSelect aria-label={shell('language')} size="xs" />
            <SchemeSwitch />
          </Group>
        </Group>
        <main>
          <Loaded query={query} failed={t('failed')}>
            {(reply) => <SharedTranscript token={token} reply={reply} />}
          </Loaded>
        </main>
        <Text component="footer" size="sm" c="dimmed">
          {t.rich('footer', {
            link: (name) => (
              <Anchor href="/" inherit underline="always">
                {name}
              </Anchor>
            ),
          })}
        </Text>
      </Stack>
    </Container>
  )
}
