import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, memo, type ReactNode, Suspense, useCallback, useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { withMessages } from '../../i18n/catalogue.ts'
import { EditPane } from './edit-pane.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { Heading } from './heading.tsx'
import { InBin } from './in-bin.tsx'
import { KeyHelp } from './key-help.tsx'
import { LineTools } from './line-tools.tsx'
import { Original } from './original.tsx'
import type { Chapter } from './outline/chapters.ts'
import { Outline } from './outline/outline.tsx'
import { Player } from './player.tsx'
import { OpenedQuote } from './quote/opened-quote.tsx'
import { SelectedBar } from './quote/selected-bar.tsx'
import type { Begun } from './saving/begin.ts'
import { SpeakerCards } from './speakers/speaker-cards.tsx'
import { Toolbar } from './toolbar.tsx'
import classes from './transcript.module.css'
import { useSteady } from './use-steady.ts'
import { useView, type View } from './use-view.ts'
import { VocabularyOffer } from './vocabulary/offer.tsx'
import { ViewWaveform } from './waveform/view-waveform.tsx'

const Comments = lazy(
  withMessages(['comments'], () =>
    import('./comments/comments.tsx').then(({ Comments }) => ({ default: Comments })),
  ),
)
const WriteComment = lazy(
  withMessages(['comments'], () =>
    import('./comments/write-comment.tsx').then(({ WriteComment }) => ({ default: WriteComment })),
  ),
)

interface TranscriptViewProps {
  transcription: TranscriptionReply
  begun: Begun
  /** Reads it from the server and begins anew. */
  onAnew(): void
}

export function TranscriptView({ transcription, begun, onAnew }: TranscriptViewProps) {
  const view = useView(transcription, begun)
  const [original, setOriginal] = useState(false)
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const showOriginal = useCallback(() => setOriginal(true), [])
  const { id } = transcription
  const { segments, now, reading, media } = view
  return (
    <Stack className={classes.page}>
      {transcription.binnedAt !== null && <InBin id={id} onRestored={onAnew} />}
      <Heading transcription={transcription} />
      <Toolbar
        {...{ id, read: view.read, mediaId: view.mediaId }}
        finding={reading.find.open}
        setFinding={reading.find.setOpen}
        saved={now.saving.kind === 'saved'}
        video={media?.video ? media.src : undefined}
        quote={reading.quote}
        onOriginal={now.version > 0 && !original ? showOriginal : undefined}
      />
      {!wide && !original && <LateFolded view={view} />}
      {reading.quote && !original && (
        <OpenedQuote
          quote={reading.quote}
          segments={segments}
          playhead={media && reading.playhead}
          onClose={reading.endQuote}
        />
      )}
      {wide && !original && <LateWaveform view={view} />}
      <div className={classes.body}>
        <LateSide {...{ view, wide, original }} />
        <div className={classes.main}>
          {original ? (
            <Original
              {...{ id, playhead: reading.playhead, moments: view.moments }}
              version={now.version}
              onClose={() => setOriginal(false)}
              onReverted={onAnew}
            />
          ) : (
            <Editing {...{ view, wide }} />
          )}
        </div>
      </div>
      <Suspense>{view.comments.passage && <WriteComment view={view} />}</Suspense>
    </Stack>
  )
}

/** What stands beside the text on a wide screen, and opens above it on a narrow one. */
const Folded = memo(function Folded({ view }: ViewProps) {
  const t = useTranslations('transcript')
  const fold = (title: string, content: ReactNode) => (
    <details className={classes.keys}>
      <summary>{title}</summary>
      {content}
    </details>
  )
  return (
    <>
      {fold(
        t('comments', { count: view.comments.open.length }),
        <Suspense>
          <Comments view={view} untitled />
        </Suspense>,
      )}
      {fold(t('speakers.title'), <SpeakerCards view={view} untitled />)}
      {view.chapters.length > 0 && fold(t('outline'), <ViewOutline view={view} untitled />)}
    </>
  )
})

interface SideProps extends ViewProps {
  wide: boolean
  original: boolean
}

const Side = memo(function Side({ view, wide, original }: SideProps) {
  const t = useTranslations('transcript')
  const { media, reading, elsewhere, chapters, transcription, now } = view
  return (
    <aside className={classes.side} aria-label={t('player.label')}>
      <Stack>
        {media && <Player media={media} playhead={reading.playhead} />}
        {!wide && !original && <ViewWaveform view={view} />}
        {elsewhere && <Elsewhere source={transcription.source} />}
        {wide && !original && <ViewTools view={view} />}
        {wide && !original && (
          <Suspense>
            <Comments view={view} />
          </Suspense>
        )}
        {wide && !original && chapters.length > 0 && <ViewOutline view={view} />}
        {wide && !original && <SpeakerCards view={view} />}
        {!original && <VocabularyOffer version={now.version} />}
        {wide && <KeyHelp editing={!original} />}
      </Stack>
    </aside>
  )
})

function Editing({ view, wide }: ViewProps & { wide: boolean }) {
  const { transcription, transcript, now, reading, moments, work, segments, media } = view
  return (
    <>
      <EditPane
        {...{ transcript, now, reading, moments, work }}
        tools={!wide && <LateTools view={view} />}
        lang={transcription.transcript?.language ?? undefined}
      />
      <SelectedBar
        segments={segments}
        list={reading.lines.list}
        playhead={media && reading.playhead}
        onComment={view.comments.write}
      />
    </>
  )
}

const ViewTools = memo(function ViewTools({ view }: ViewProps) {
  const { segments, speakers, moments, transcript, work, transcription } = view
  if (work.at < 0) return null
  return (
    <LineTools
      {...{ segments, speakers, moments, dispatch: transcript.dispatch }}
      at={work.at}
      length={transcription.durationSeconds ?? undefined}
      actions={work.line.actions}
      onComment={work.comment}
    />
  )
})

interface ViewProps {
  view: View
}

/** What is beside the text is drawn when the text has been: whoever types sees that first. */
const LateSide = (props: SideProps) => <Side {...props} view={useDeferredValue(props.view)} />
const LateFolded = ({ view }: ViewProps) => <Folded view={useDeferredValue(view)} />
const LateWaveform = ({ view }: ViewProps) => <ViewWaveform view={useDeferredValue(view)} />
const LateTools = ({ view }: ViewProps) => <ViewTools view={useDeferredValue(view)} />

function ViewOutline({ view, untitled }: ViewProps & { untitled?: boolean }) {
  const { chapters, segments, reading } = view
  const { playhead, lines } = reading
  const { goTo } = useSteady({
    goTo({ at }: Chapter): void {
      playhead.seek(segments[at]?.start ?? 0)
      lines.onSeek()
      lines.show(at)
    },
  })
  return <Outline {...{ chapters, playhead, untitled }} onGo={goTo} />
}
