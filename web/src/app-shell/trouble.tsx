import { Button, Stack, Text, Title } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'

/** A page that could not be shown, and why. */
export function Trouble({ error }: ErrorComponentProps) {
  const t = useTranslations()
  const router = useRouter()
  return (
    <Stack align="center" gap="sm" mt={96} p="md">
      <Title order={1} size="h2">
        {t('shell.trouble.title')}
      </Title>
      <Text c="dimmed" ta="center" role="alert">
        {error instanceof Error ? error.message : String(error)}
      </Text>
      <Button variant="default" onClick={() => void router.invalidate()}>
        {t('parts.tryAgain')}
      </Button>
    </Stack>
  )
}
