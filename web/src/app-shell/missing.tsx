import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'

/** An address that leads nowhere. */
export function Missing() {
  const t = useTranslations('shell')
  return (
    <Stack align="center" gap="sm" mt={96} p="md">
      <Title order={1} size="h2">
        {t('missing.title')}
      </Title>
      <Text c="dimmed" ta="center">
        {t('missing.text')}
      </Text>
      <Anchor component={Link} to="/">
        {t('missing.start')}
      </Anchor>
    </Stack>
  )
}
