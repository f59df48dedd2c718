const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const dayOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long ago, where that is easier to read than a date: within a week. */
function ago(at: number, now: number): string | undefined {
  const away = at - now
  if (Math.abs(away) > 7 * 86_400_000) return undefined
  const [unit, length] = STEPS.find(([, length]) => Math.abs(away) >= length) ?? ['minute', 60_000]
  const count = Math.round(away / length)
  return unit === 'minute' && count === 0 ? 'just now' : relative.format(count, unit)
}

/** A moment, as people say it; the exact time is in the title. */
export function When({ at }: { at: string | number }) {
  const time = new Date(at)
  return (
    <time dateTime={time.toISOString()} title={absolute.format(time)}>
      {ago(time.getTime(), Date.now()) ?? dayOnly.format(time)}
    </time>
  )
}
