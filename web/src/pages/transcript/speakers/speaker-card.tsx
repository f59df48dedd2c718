import { Button, Group, Kbd, Menu, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import { clock } from '../clock.ts'
import type { Segments } from '../editor/segments.ts'
import { type Playhead, usePlayhead } from '../playhead.ts'
import { textOfQuote } from '../quote/quote.ts'
import type { Sample, Voice } from './samples.ts'
import classes from './speakers.module.css'

interface SpeakerCardProps {
  name: string
  /** From 1 up; the key that gives them a passage. */
  number: number
  /** In the waveform. */
  colour: string
  voice: Voice | undefined
  segments: Segments
  /** Undefined: there is nothing to play. */
  playhead: Playhead | undefined
  /** Whom they can be made one with. */
  others: readonly string[]
  onName(to: string): void
}

/** Somebody who speaks. A new name holds for all that they say; somebody else's name makes one of the two. */
export function SpeakerCard(props: SpeakerCardProps) {
  const { name, number, colour, voice, segments, playhead, others, onName } = props
  const [to, setTo] = useState(name)
  const text = useMemo(() => (voice ? textOfQuote(segments, voice.sample) : ''), [segments, voice])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onName(to)
  }
  return (
    <Stack gap={4} component="form" onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <span className={classes.swatch} style={{ background: colour }} />
        {number <= 9 && (
          <Kbd size="xs" title={`Press ${number} to give the line, or the selected words, to ${name}`}>
            {number}
          </Kbd>
        )}
        <TextInput
          flex={1}
          size="xs"
          dir="auto"
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
      <Group gap="xs">
        {voice && playhead && <Listen name={name} sample={voice.sample} playhead={playhead} />}
        {others.length > 0 && <Merge name={name} others={others} onName={onName} />}
        {voice && (
          <Text size="xs" c="dimmed">
            {clock(voice.seconds)}
          </Text>
        )}
      </Group>
      {voice && (
        <Text size="xs" c="dimmed" className={classes.sample} dir="auto">
          {text}
        </Text>
      )}
    </Stack>
  )
}

function Listen({ name, sample, playhead }: { name: string; sample: Sample; playhead: Playhead }) {
  const { from, to } = sample
  const plays = usePlayhead(playhead, (now) => playhead.isPlaying() && now >= from && now < to)
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={plays ? `Pause ${name}` : `Listen to ${name}`}
      onClick={() => (plays ? playhead.toggle() : playhead.playSpan(from, to))}
    >
      {plays ? 'Pause' : 'Listen'}
    </Button>
  )
}

function Merge({ name, others, onName }: Pick<SpeakerCardProps, 'name' | 'others' | 'onName'>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={`Merge ${name} with another speaker`}>
          Merge
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>The same person as</Menu.Label>
        {others.map((other) => (
          <Menu.Item key={other} onClick={() => onName(other)}>
            <bdi>{other}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
