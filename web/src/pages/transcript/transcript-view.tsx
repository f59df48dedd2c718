import { Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { waveformOf } from './data.ts'
import { EditPane } from './edit-pane.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { Heading } from './heading.tsx'
import { InBin } from './in-bin.tsx'
import { KeyHelp } from './key-help.tsx'
import { LineTools } from './line-tools.tsx'
import { Original } from './original.tsx'
import { Outline } from './outline/outline.tsx'
import { useChapters } from './outline/use-chapters.ts'
import { Player } from './player.tsx'
import { OpenedQuote } from './quote/opened-quote.tsx'
import { SelectedBar } from './quote/selected-bar.tsx'
import type { Begun } from './saving/begin.ts'
import { useTranscript } from './saving/use-transcript.ts'
import { Speakers } from './speakers/speakers.tsx'
import { TellAgain } from './speakers/tell-again.tsx'
import { useSpeakers } from './speakers/use-speakers.ts'
import { Toolbar } from './toolbar.tsx'
import classes from './transcript.module.css'
import { useKeys } from './use-keys.ts'
import { useMoments } from './use-moments.ts'
import { useReading } from './use-reading.ts'
import { useSelection, useWork } from './use-work.ts'
import { VocabularyOffer } from './vocabulary/offer.tsx'
import { RecordingWaveform } from './waveform/recording-waveform.tsx'

interface TranscriptViewProps {
  transcription: TranscriptionReply
  begun: Begun
  /** Reads it from the server and begins anew. */
  onAnew(): void
}

export function TranscriptView({ transcription, begun, onAnew }: TranscriptViewProps) {
  const t = useTranslations('transcript')
  const { id, durationSeconds } = transcription
  const [transcript, now] = useTranscript(begun)
  const { segments } = now.editor
  const { dispatch } = transcript
  const saved = now.saving.kind === 'saved'
  const [original, setOriginal] = useState(false)
  const selection = useSelection(segments)
  const reading = useReading(segments, useSearch({ from: '/inside/transcripts/$id' }), selection.at)
  const { playhead, find } = reading
  const { media, moments, elsewhere, mediaId } = useMoments(transcription, playhead)
  const speakers = useSpeakers(segments)
  const work = useWork(transcript, selection, reading, speakers)
  useKeys(playhead, work)
  const chapters = useChapters(segments)
  const goTo = (at: number): void => {
    playhead.seek(segments[at]?.start ?? 0)
    reading.lines.onSeek()
    reading.lines.show(at)
  }
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const tools = !original && work.at >= 0 && (
    <LineTools
      {...{ segments, speakers, moments, dispatch }}
      at={work.at}
      length={durationSeconds ?? undefined}
      actions={work.line.actions}
    />
  )
  const waveform = !original && (
    <RecordingWaveform
      name={id}
      load={() => waveformOf(id)}
      {...{ segments, speakers, reading, chapters, durationSeconds }}
      doubts={work.doubts}
    />
  )
  const outline = !original && chapters.length > 0 && (
    <Outline chapters={chapters} playhead={playhead} onGo={({ at }) => goTo(at)} />
  )
  const speakerCards = (
    <Speakers names={speakers} {...{ segments, moments, dispatch }}>
      {mediaId !== undefined && (
        <TellAgain {...{ id, transcript }} count={speakers.length} version={now.version} />
      )}
      {elsewhere && (
        <Text size="xs" c="dimmed">
          {t('voices.notStored')}
        </Text>
      )}
    </Speakers>
  )
  return (
    <Stack className={classes.page}>
      {transcription.binnedAt !== null && <InBin id={id} onRestored={onAnew} />}
      <Heading transcription={transcription} />
      <Toolbar
        {...{ id, segments, find, saved, mediaId }}
        video={media?.video ? media.src : undefined}
        quote={reading.quote}
        onOriginal={now.version > 0 && !original ? () => setOriginal(true) : undefined}
      />
      {!wide && !original && (
        <details className={classes.keys}>
          <summary>{t('speakers.title')}</summary>
          {speakerCards}
        </details>
      )}
      {!wide && outline && (
        <details className={classes.keys}>
          <summary>{t('outline')}</summary>
          {outline}
        </details>
      )}
      {reading.quote && !original && (
        <OpenedQuote
          quote={reading.quote}
          segments={segments}
          playhead={media && playhead}
          onClose={reading.endQuote}
        />
      )}
      {wide && waveform}
      <div className={classes.body}>
        <aside className={classes.side} aria-label={t('player.label')}>
          <Stack>
            {media && <Player media={media} playhead={playhead} />}
            {!wide && waveform}
            {elsewhere && <Elsewhere source={transcription.source} />}
            {wide && tools}
            {wide && outline}
            {wide && !original && speakerCards}
            {!original && <VocabularyOffer version={now.version} />}
            {wide && <KeyHelp editing={!original} />}
          </Stack>
        </aside>
        <div className={classes.main}>
          {original ? (
            <Original
              {...{ id, playhead, moments }}
              version={now.version}
              onClose={() => setOriginal(false)}
              onReverted={onAnew}
            />
          ) : (
            <EditPane
              {...{ transcript, now, reading, moments, work }}
              tools={!wide && tools}
              lang={transcription.transcript?.language ?? undefined}
            />
          )}
          {!original && (
            <SelectedBar segments={segments} list={reading.lines.list} playhead={media && playhead} />
          )}
        </div>
      </div>
    </Stack>
  )
}
