import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Clashes } from './clashes.tsx'
import { EditBar, statusOf } from './edit-bar.tsx'
import { FindBar } from './find-bar.tsx'
import { LineEditor } from './line-editor.tsx'
import { Lines } from './lines.tsx'
import type { Moments } from './moment.tsx'
import { namedAt } from './reader.tsx'
import type { Snapshot, Transcript } from './saving/document.ts'
import classes from './transcript.module.css'
import type { Reading } from './use-reading.ts'
import type { Work } from './use-work.ts'

interface EditPaneProps {
  transcript: Transcript
  now: Snapshot
  reading: Reading
  moments: Moments
  work: Work
  /** The language of the text. */
  lang: string | undefined
  /** To be shown within the line that is worked on. */
  tools: ReactNode
}

/** The transcript to read, and to correct wherever one reads. */
export function EditPane({ transcript, now, reading, moments, work, lang, tools }: EditPaneProps) {
  const t = useTranslations('transcript')
  const { segments, clashes, past, future } = now.editor
  const { dispatch } = transcript
  const { playhead, lines, find, marksOf } = reading
  return (
    <>
      <Stack gap="xs" className={classes.bar}>
        <EditBar
          canUndo={past.length > 0}
          canRedo={future.length > 0}
          doubtful={work.doubts.length > 0}
          status={statusOf(now)}
          refused={now.saving.kind === 'refused' ? now.saving.message : undefined}
          onBack={work.back}
          onDoubt={work.nextDoubt}
        />
        <Clashes clashes={clashes} dispatch={dispatch} />
        {find.open && <FindBar find={find} segments={segments} dispatch={dispatch} />}
      </Stack>
      {segments.length === 0 && <Text c="dimmed">{t('noText')}</Text>}
      <Lines segments={segments} state={lines} playhead={playhead} lang={lang}>
        {(segment, at, active) => (
          <LineEditor
            segment={segment}
            speaker={namedAt(segments, at)}
            at={at}
            active={active}
            marks={marksOf(at)}
            moments={moments}
            playhead={playhead}
            work={at === work.at ? { ...work.line, tools } : undefined}
            onSelect={work.select}
          />
        )}
      </Lines>
    </>
  )
}
