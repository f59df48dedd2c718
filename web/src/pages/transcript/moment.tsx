import { useTranslations } from 'use-intl'
import { clock } from './clock.ts'
import type { Playhead } from './playhead.ts'
import classes from './transcript.module.css'

/** What a time leads to: the player, the moment on the platform's own page, or nothing. */
export type Moments =
  | { kind: 'play'; playhead: Playhead }
  | { kind: 'link'; href(seconds: number): string }
  | { kind: 'none' }

export function Moment({ seconds, moments }: { seconds: number; moments: Moments }) {
  const t = useTranslations('transcript')
  const shown = clock(seconds)
  switch (moments.kind) {
    case 'play':
      return (
        <button
          type="button"
          className={classes.time}
          aria-label={t('moment.play', { time: shown })}
          onClick={() => {
            moments.playhead.seek(seconds)
            moments.playhead.play()
          }}
        >
          {shown}
        </button>
      )
    case 'link':
      return (
        <a
          className={classes.time}
          href={moments.href(seconds)}
          target="_blank"
          rel="noreferrer"
          aria-label={t('moment.open', { time: shown })}
        >
          {shown}
        </a>
      )
    case 'none':
      return <span className={classes.time}>{shown}</span>
  }
}
