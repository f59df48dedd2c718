import { Stack, Title } from '@mantine/core'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { clock } from '../clock.ts'
import { lastBegun, type Playhead, usePlayhead } from '../playhead.ts'
import type { Chapter } from './chapters.ts'
import classes from './outline.module.css'

interface OutlineProps {
  chapters: readonly Chapter[]
  playhead: Playhead
  /** What it is in says what it is. */
  untitled?: boolean
  onGo(chapter: Chapter): void
}

/** The chapters of a long recording, and in which of them one is. */
export const Outline = memo(function Outline({ chapters, playhead, untitled = false, onGo }: OutlineProps) {
  const t = useTranslations('transcript')
  const current = usePlayhead(playhead, (seconds) => lastBegun(chapters, seconds))
  return (
    <Stack gap="xs" component="nav" aria-label={t('outline')}>
      {!untitled && (
        <Title order={2} size="h5">
          {t('outline')}
        </Title>
      )}
      <ol className={classes.chapters}>
        {chapters.map((chapter, k) => (
          <li key={chapter.at}>
            <button
              type="button"
              className={classes.chapter}
              aria-current={k === current ? 'location' : undefined}
              onClick={() => onGo(chapter)}
            >
              <span className={classes.time}>{clock(chapter.start)}</span>
              <span dir="auto">{chapter.title}</span>
            </button>
          </li>
        ))}
      </ol>
    </Stack>
  )
})
