import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from '../parts/problem.tsx'
import { Section } from '../parts/section.tsx'
import { useChangePassword } from './data.ts'

const EMPTY = { current: '', next: '' }

export function Password() {
  const t = useTranslations('settings')
  const reveal = useTranslations('parts')('reveal')
  const [typed, setTyped] = useState(EMPTY)
  const change = useChangePassword()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(typed, { onSuccess: () => setTyped(EMPTY) })
  }
  return (
    <Section title={t('password.title')} says={t('password.says')}>
      <form onSubmit={submit} aria-label={t('password.change')}>
        <Stack maw={420}>
          <PasswordInput
            visibilityToggleButtonProps={{ 'aria-label': reveal }}
            label={t('password.current')}
            autoComplete="current-password"
            value={typed.current}
            onChange={(event) => setTyped({ ...typed, current: event.currentTarget.value })}
          />
          <PasswordInput
            visibilityToggleButtonProps={{ 'aria-label': reveal }}
            label={t('password.new')}
            description={t('password.newSays')}
            autoComplete="new-password"
            minLength={10}
            required
            withAsterisk={false}
            value={typed.next}
            onChange={(event) => setTyped({ ...typed, next: event.currentTarget.value })}
          />
          <Problem error={change.error} />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('password.change')}
            </Button>
            <Text size="sm" role="status">
              {change.isSuccess && t('password.changed')}
            </Text>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
