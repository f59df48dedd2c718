import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Brand } from '../../app-shell/brand.tsx'
import { SchemeSwitch } from '../../app-shell/scheme-switch.tsx'
import { LanguageSelect } from '../../i18n/language-select.tsx'

/** The frame of the pages before the login. */
export function Entrance({ title, says, children }: { title: string; says: string; children: ReactNode }) {
  const t = useTranslations('shell')
  return (
    <Center mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg" component="main">
        <Group justify="space-between">
          <Brand />
          <Group gap="xs" wrap="nowrap">
            <LanguageSelect aria-label={t('language')} size="xs" />
            <SchemeSwitch />
          </Group>
        </Group>
        <Paper withBorder p="xl">
          <Stack>
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              <Text c="dimmed" size="sm">
                {says}
              </Text>
            </div>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  )
}
