import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { Segments } from './editor/segments.ts'
import { FindBar } from './find-bar.tsx'
import type { Moments } from './moment.tsx'
import { Reader } from './reader.tsx'
import classes from './transcript.module.css'
import type { Reading } from './use-reading.ts'

interface ReadPaneProps {
  segments: Segments
  reading: Reading
  moments: Moments
  /** The language of the text. */
  lang: string | undefined
}

/** The transcript to read and to search. */
export function ReadPane({
  segments,
  reading: { playhead, lines, find, marksOf },
  moments,
  lang,
}: ReadPaneProps) {
  const t = useTranslations('transcript')
  return (
    <>
      {find.open && (
        <div className={classes.bar}>
          <FindBar find={find} segments={segments} dispatch={undefined} />
        </div>
      )}
      {segments.length === 0 && <Text c="dimmed">{t('noText')}</Text>}
      <Reader
        lang={lang}
        segments={segments}
        state={lines}
        playhead={playhead}
        moments={moments}
        marksOf={marksOf}
      />
    </>
  )
}
