import { Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Source } from './problem.ts'
import classes from './recorder.module.css'

/** So long without a sound, and it may be the wrong microphone. */
const SILENCE_MS = 5_000
/** Of a room in which nobody speaks. */
const SILENT = 0.05
/** What the bar keeps of its length from one picture to the next, so that it can be followed by the eye. */
const FALL = 0.9

interface MeterProps {
  /** 0 to 1 */
  level(): number
  isPaused: boolean
  source: Source
}

/** How loud it is, and in words where nothing can be heard. */
export function Meter({ level, isPaused, source }: MeterProps) {
  const t = useTranslations('record')
  const bar = useRef<HTMLDivElement>(null)
  const [isSilent, setSilent] = useState(false)
  useEffect(() => {
    let shown = 0
    let heardAt = performance.now()
    let frame = 0
    const draw = (): void => {
      const now = isPaused ? 0 : level()
      shown = Math.max(now, shown * FALL)
      if (bar.current) bar.current.style.transform = `scaleX(${shown.toFixed(3)})`
      if (now > SILENT || isPaused) heardAt = performance.now()
      setSilent(performance.now() - heardAt > SILENCE_MS)
      frame = requestAnimationFrame(draw)
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [level, isPaused])
  return (
    <div>
      <div className={classes.meter} aria-hidden="true">
        <div ref={bar} className={classes.level} />
      </div>
      <Text size="sm" role="status" c="dimmed">
        {isSilent && t(`silent.${source === 'tab' ? 'tab' : 'microphone'}`)}
      </Text>
    </div>
  )
}
