import { Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { SegmentEvent } from '../../../../../src/contract/native.ts'
import { clock } from '../../parts/words.ts'
import classes from './live-lines.module.css'

/** Of hours of text one wants to see the latest; the whole is there once it is finished. */
const SHOWN = 200
/** How near to the end one must be for the box to follow, px. */
const NEAR = 40

interface LiveLinesProps {
  segments: readonly SegmentEvent[]
  label: string
  /** Where it is alone on its page. */
  tall?: boolean
}

/** The text as it is recognised. Follows its end, unless one has scrolled back to read. */
export function LiveLines({ segments, label, tall = false }: LiveLinesProps) {
  const t = useTranslations('jobs')
  const box = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const count = segments.length
  useEffect(() => {
    if (count > 0 && follows.current) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [count])
  const shown = segments.slice(-SHOWN)
  return (
    <section
      ref={box}
      className={classes.box}
      data-tall={tall || undefined}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get into it
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        follows.current = scrollTop + clientHeight > scrollHeight - NEAR
      }}
    >
      {count === 0 && (
        <Text size="sm" c="dimmed">
          {t('appears')}
        </Text>
      )}
      {shown.map(({ index, start, text }) => (
        <p key={index}>
          <span className={classes.time}>{clock(start)}</span> {text}
        </p>
      ))}
    </section>
  )
}
