import { Badge, Button, Code, Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { KeyReply } from '../../../../src/contract/account.ts'
import { translator } from '../../i18n/catalogue.ts'
import { When } from '../parts/when.tsx'
import { commaWords } from '../parts/words.ts'
import { SCOPES, scopeLabel } from './scopes.ts'

/** One key a card, on a phone as on a desk: names and scopes are of any length. */
export function KeyList({ keys, onRevoke }: { keys: KeyReply[]; onRevoke(key: KeyReply): void }) {
  const t = useTranslations('keys')
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('list')}>
      {keys.map((key) => (
        <Paper key={key.id} component="li" withBorder p="md">
          <Group justify="space-between" align="start" wrap="nowrap">
            <Stack gap={6} miw={0}>
              <Group gap="xs">
                <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {key.name}
                </Text>
                {key.status !== 'active' && (
                  <Badge color={key.status === 'revoked' ? 'red' : 'orange'} variant="light">
                    {t(`status.${key.status}`)}
                  </Badge>
                )}
              </Group>
              <Code style={{ alignSelf: 'start' }}>{key.preview}</Code>
              <Text size="sm" c="dimmed">
                {allowed(key.scopes)}
              </Text>
              <Text size="sm" c="dimmed">
                <History item={key} />
              </Text>
            </Stack>
            {key.status === 'active' && (
              <Button
                variant="default"
                size="xs"
                style={{ flexShrink: 0 }}
                onClick={() => onRevoke(key)}
                aria-label={t('revoke.named', { name: key.name })}
              >
                {t('revoke.short')}
              </Button>
            )}
          </Group>
        </Paper>
      ))}
    </Stack>
  )
}

const allowed = (scopes: string[]): string => {
  const t = translator('keys')
  return scopes.length === SCOPES.length
    ? t('mayAll')
    : t('may', { scopes: commaWords(scopes.map(scopeLabel)) })
}

function History({ item }: { item: KeyReply }) {
  const t = useTranslations('keys')
  const used = item.lastUsedAt
  const end = item.revokedAt ?? item.expiresAt
  const how = item.revokedAt ? 'revoked' : item.status === 'expired' ? 'expired' : 'expires'
  return (
    <>
      {t.rich('history.made', { when: () => <When at={item.createdAt} /> })}
      {' · '}
      {used ? t.rich('history.used', { when: () => <When at={used} /> }) : t('history.unused')}
      {end && ' · '}
      {end && t.rich(`history.${how}`, { when: () => <When at={end} /> })}
    </>
  )
}
