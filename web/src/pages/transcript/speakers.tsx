import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { type Dispatch, type FormEvent, useMemo, useState } from 'react'
import type { Action } from './editor/history.ts'
import { type Segments, speakersOf } from './editor/segments.ts'
import classes from './transcript.module.css'
import { voiceColour } from './waveform/colours.ts'
import { useColours } from './waveform/use-colours.ts'

interface SpeakersProps {
  segments: Segments
  dispatch: Dispatch<Action>
}

/** Everybody who speaks; a new name holds for all that they say. */
export function Speakers({ segments, dispatch }: SpeakersProps) {
  const names = useMemo(() => speakersOf(segments), [segments])
  const colours = useColours()
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
      {names.map((name, k) => (
        <Rename
          key={name}
          name={name}
          colour={voiceColour(colours, k)}
          onName={(to) => dispatch({ kind: 'renameSpeaker', from: name, to })}
        />
      ))}
    </Stack>
  )
}

interface RenameProps {
  name: string
  /** In the waveform. */
  colour: string
  onName(to: string): void
}

function Rename({ name, colour, onName }: RenameProps) {
  const [to, setTo] = useState(name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onName(to)
  }
  return (
    <form onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <span className={classes.swatch} style={{ background: colour }} />
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
