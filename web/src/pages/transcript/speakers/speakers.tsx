import { Stack, Text, Title } from '@mantine/core'
import { type Dispatch, type ReactNode, useDeferredValue, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Action } from '../editor/history.ts'
import type { Segments } from '../editor/segments.ts'
import type { Moments } from '../moment.tsx'
import { voiceColour } from '../waveform/colours.ts'
import { useColours } from '../waveform/use-colours.ts'
import { voicesIn } from './samples.ts'
import { SpeakerCard } from './speaker-card.tsx'

interface SpeakersProps {
  segments: Segments
  names: readonly string[]
  moments: Moments
  dispatch: Dispatch<Action>
  /** Below them. */
  children: ReactNode
}

/** Everybody who speaks: to be heard, named, and made one with another. */
export function Speakers({ segments, names, moments, dispatch, children }: SpeakersProps) {
  const t = useTranslations('transcript')
  // Whoever types does not wait for it.
  const shown = useDeferredValue(segments)
  const voices = useMemo(() => voicesIn(shown), [shown])
  const colours = useColours()
  const rename = (from: string, to: string): void => dispatch({ kind: 'renameSpeaker', from, to })
  return (
    <Stack gap="sm" component="section" aria-label={t('speakers.title')}>
      <Title order={2} size="h5">
        {t('speakers.title')}
      </Title>
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
          voice={voices.get(name)}
          segments={shown}
          playhead={moments.kind === 'play' ? moments.playhead : undefined}
          others={names.filter((other) => other !== name)}
          onName={(to) => rename(name, to)}
        />
      ))}
      {children}
    </Stack>
  )
}
