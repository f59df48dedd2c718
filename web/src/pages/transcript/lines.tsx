import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import type { Segment, Segments } from './editor/segments.ts'
import { type Playhead, usePlayhead } from './playhead.ts'
import classes from './transcript.module.css'
import type { LinesState } from './use-lines.ts'
import { useSeenLines } from './use-seen-lines.ts'

interface LinesProps {
  segments: Segments
  state: LinesState
  playhead: Playhead
  /** The language of the text. */
  lang: string | undefined
  children(segment: Segment, at: number, active: boolean): ReactNode
}

/** The segments from top to bottom, as the window scrolls. */
export function Lines({ segments, state, playhead, lang, children }: LinesProps) {
  const t = useTranslations('transcript')
  const { list, active } = state
  const { virtualizer, margin } = useSeenLines(segments, state)
  useWordClicks(state, playhead)
  return (
    <>
      <ol
        ref={list}
        className={classes.lines}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={t('text')}
        lang={lang}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const segment = segments[index]
          return (
            segment && (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={classes.row}
                style={{ transform: `translateY(${start - margin}px)` }}
                aria-setsize={segments.length}
                aria-posinset={index + 1}
                aria-current={index === active ? 'true' : undefined}
              >
                {children(segment, index, index === active)}
              </li>
            )
          )
        })}
      </ol>
      <FollowButton state={state} playhead={playhead} />
    </>
  )
}

function FollowButton({ state: { following, follow }, playhead }: { state: LinesState; playhead: Playhead }) {
  const t = useTranslations('transcript')
  const playing = usePlayhead(playhead, playhead.isPlaying)
  if (following || !playing) return null
  return (
    <Button className={classes.follow} radius="xl" size="sm" onClick={follow}>
      {t('follow')}
    </Button>
  )
}

/** A click on a word plays it. One listener for all of them; the keyboard has the buttons with the times. */
function useWordClicks({ list, onSeek }: LinesState, playhead: Playhead): void {
  useEffect(() => {
    const element = list.current
    const onClick = ({ target }: MouseEvent): void => {
      const word = target instanceof Element ? target.closest<HTMLElement>('[data-start]') : null
      // Who selects text wants to copy it.
      if (!word || window.getSelection()?.isCollapsed === false) return
      const start = Number(word.dataset.start)
      // After the line has had the click: what follows the player is drawn anew, and the click would hit nothing.
      setTimeout(() => {
        playhead.seek(start)
        onSeek()
      })
    }
    element?.addEventListener('click', onClick)
    return () => element?.removeEventListener('click', onClick)
  }, [list, onSeek, playhead])
}
