import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { type Dispatch, type FormEvent, useMemo, useState } from 'react'
import type { Action } from './editor/history.ts'
import { type Segments, speakersOf } from './editor/segments.ts'

interface SpeakersProps {
  segments: Segments
  dispatch: Dispatch<Action>
}

/** Everybody who speaks; a new name holds for all that they say. */
export function Speakers({ segments, dispatch }: SpeakersProps) {
  const names = useMemo(() => speakersOf(segments), [segments])
  return (
    <Stack gap="xs" component="section" aria-label="Speakers">
      <Title order={2} size="h5">
        Speakers
      </Title>
      {names.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody is named yet. Select a segment and say who speaks.
        </Text>
      )}
      {names.map((name) => (
        <Rename key={name} name={name} onName={(to) => dispatch({ kind: 'renameSpeaker', from: name, to })} />
      ))}
    </Stack>
  )
}

function Rename({ name, onName }: { name: string; onName(to: string): void }) {
  const [to, setTo] = useState(name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onName(to)
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          size="xs"
          aria-label={`Name of ${name}`}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={to.trim() === name}
          aria-label={`Rename ${name} everywhere`}
        >
          Rename
        </Button>
      </Group>
    </form>
  )
}
