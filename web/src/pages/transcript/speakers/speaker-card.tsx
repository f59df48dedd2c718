import { Button, Group, Kbd, Menu, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, memo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { clock } from '../clock.ts'
import { type Playhead, usePlayhead } from '../playhead.ts'
import type { Sample, Voice } from './samples.ts'
import classes from './speakers.module.css'

interface SpeakerCardProps {
  name: string
  /** From 1 up; the key that gives them a passage. */
  number: number
  /** In the waveform. */
  colour: string
  voice: Voice | undefined
  /** Of their sample. */
  text: string
  /** Undefined: there is nothing to play. */
  playhead: Playhead | undefined
  /** Everybody’s: others can be made one with them. */
  names: readonly string[]
  onName(from: string, to: string): void
}

/** Somebody who speaks. A new name holds for all that they say; somebody else's name makes one of the two. */
export const SpeakerCard = memo(function SpeakerCard(props: SpeakerCardProps) {
  const t = useTranslations('transcript')
  const { name, number, colour, voice, text, playhead, names, onName } = props
  const [to, setTo] = useState(name)
  const others = names.filter((other) => other !== name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onName(name, to)
  }
  return (
    <Stack gap={4} component="form" onSubmit={submit}>
      <Group gap="xs" wrap="nowrap">
        <span className={classes.swatch} style={{ background: colour }} />
        {number <= 9 && (
          <Kbd size="xs" title={t('speakers.press', { number: String(number), name })}>
            {number}
          </Kbd>
        )}
        <TextInput
          flex={1}
          size="xs"
          aria-label={t('speakers.name', { name })}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={to.trim() === name}
          aria-label={t('speakers.renameNamed', { name })}
        >
          {t('rename.open')}
        </Button>
      </Group>
      <Group gap="xs">
        {voice && playhead && <Listen name={name} sample={voice.sample} playhead={playhead} />}
        {others.length > 0 && <Merge name={name} others={others} onName={(other) => onName(name, other)} />}
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
})

function Listen({ name, sample, playhead }: { name: string; sample: Sample; playhead: Playhead }) {
  const t = useTranslations('transcript')
  const { from, to } = sample
  const plays = usePlayhead(playhead, (now) => playhead.isPlaying() && now >= from && now < to)
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={plays ? t('speakers.pauseNamed', { name }) : t('speakers.listenNamed', { name })}
      onClick={() => (plays ? playhead.toggle() : playhead.playSpan(from, to))}
    >
      {plays ? t('quote.pause') : t('speakers.listen')}
    </Button>
  )
}

interface MergeProps {
  name: string
  /** Whom they can be made one with. */
  others: readonly string[]
  onName(to: string): void
}

function Merge({ name, others, onName }: MergeProps) {
  const t = useTranslations('transcript')
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={t('speakers.mergeNamed', { name })}>
          {t('speakers.merge')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('speakers.same')}</Menu.Label>
        {others.map((other) => (
          <Menu.Item key={other} onClick={() => onName(other)}>
            <bdi>{other}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
