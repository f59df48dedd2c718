import { useLocale, useTranslations } from 'use-intl'

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** A moment, as people say it: how long ago within a week, else the date. The exact time is in the title. */
export function When({ at }: { at: string | number }) {
  const t = useTranslations('parts')
  const locale = useLocale()
  const time = new Date(at)
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <time dateTime={time.toISOString()} title={exact.format(time)}>
      {ago(time.getTime() - Date.now(), locale, t('justNow')) ??
        new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(time)}
    </time>
  )
}

function ago(away: number, locale: string, now: string): string | undefined {
  if (Math.abs(away) > 7 * 86_400_000) return undefined
  const [unit, length] = STEPS.find(([, length]) => Math.abs(away) >= length) ?? ['minute', 60_000]
  const count = Math.round(away / length)
  if (unit === 'minute' && count === 0) return now
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(count, unit)
}
