import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../parts/problem.tsx'
import { Section } from '../parts/section.tsx'
import { useChangePassword } from './data.ts'

const EMPTY = { current: '', next: '' }

export function Password() {
  const [typed, setTyped] = useState(EMPTY)
  const change = useChangePassword()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(typed, { onSuccess: () => setTyped(EMPTY) })
  }
  return (
    <Section title="Password" says="Changing it logs you out everywhere else.">
      <form onSubmit={submit} aria-label="Change password">
        <Stack maw={420}>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            value={typed.current}
            onChange={(event) => setTyped({ ...typed, current: event.currentTarget.value })}
          />
          <PasswordInput
            label="New password"
            description="At least 10 characters. A few words are easier to remember than signs."
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
              Change password
            </Button>
            <Text size="sm" role="status">
              {change.isSuccess && 'Your password is changed.'}
            </Text>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
