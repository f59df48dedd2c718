import { translator } from '../../i18n/catalogue.ts'

/** “about 3 minutes left” */
export const timeLeftWords = (ms: number): string => translator('jobs')('time.left', { time: roughly(ms) })

/** As one says it: never more exact than it can be. */
export function roughly(ms: number): string {
  const t = translator('jobs')
  const seconds = ms / 1000
  if (seconds < 10) return t('time.few')
  if (seconds < 55) return t('time.seconds', { count: Math.ceil(seconds / 10) * 10 })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('time.minutes', { count: minutes })
  return t('time.hours', { count: Math.round(minutes / 30) / 2 })
}
