import { Stack, Text, Title } from '@mantine/core'
import { type Dispatch, type ReactNode, useCallback, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Action } from '../editor/history.ts'
import type { Segments } from '../editor/segments.ts'
import type { Moments } from '../moment.tsx'
import { textOfQuote } from '../quote/quote.ts'
import { listsAlike, useAlike } from '../use-alike.ts'
import { voiceColour } from '../waveform/colours.ts'
import { useColours } from '../waveform/use-colours.ts'
import { type Voice, voicesIn } from './samples.ts'
import { SpeakerCard } from './speaker-card.tsx'

interface SpeakersProps {
  segments: Segments
  names: readonly string[]
  moments: Moments
  dispatch: Dispatch<Action>
  untitled: boolean
  /** Below them. */
  children: ReactNode
}

/** Everybody who speaks: to be heard, named, and made one with another. */
export function Speakers({ segments, names, moments, dispatch, untitled, children }: SpeakersProps) {
  const t = useTranslations('transcript')
  const now = useMemo(() => heardIn(segments, names), [segments, names])
  const heard = useAlike(now, heardAlike)
  const colours = useColours()
  const rename = useCallback(
    (from: string, to: string): void => dispatch({ kind: 'renameSpeaker', from, to }),
    [dispatch],
  )
  return (
    <Stack gap="sm" component="section" aria-label={t('speakers.title')}>
      {!untitled && (
        <Title order={2} size="h5">
          {t('speakers.title')}
        </Title>
      )}
      {names.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('speakers.none')}
        </Text>
      )}
      {names.map((name, k) => (
        <SpeakerCard
          key={name}
          name={name}
          number={k + 1}
          colour={voiceColour(colours, k)}
          voice={heard[k]?.voice}
          text={heard[k]?.text ?? ''}
          playhead={moments.kind === 'play' ? moments.playhead : undefined}
          names={names}
          onName={rename}
        />
      ))}
      {children}
    </Stack>
  )
}

interface Heard {
  voice: Voice | undefined
  /** Of the sample. */
  text: string
}

function heardIn(segments: Segments, names: readonly string[]): Heard[] {
  const voices = voicesIn(segments)
  return names.map((name) => {
    const voice = voices.get(name)
    return { voice, text: voice ? textOfQuote(segments, voice.sample) : '' }
  })
}

const heardAlike = (before: readonly Heard[], now: readonly Heard[]): boolean =>
  listsAlike(
    before,
    now,
    (one, other) =>
      one.text === other.text &&
      one.voice?.seconds === other.voice?.seconds &&
      one.voice?.sample.from === other.voice?.sample.from &&
      one.voice?.sample.to === other.voice?.sample.to,
  )
