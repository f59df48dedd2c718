import type { UsageReply } from '../../../../src/contract/account.ts'
import { PLATFORM_NAMES } from '../../../../src/contract/platforms.ts'
import { translator } from '../../i18n/catalogue.ts'

const DAY_MS = 86_400_000

/** Every day of the range, those without use as well: an axis of time must not skip any. */
export function everyDay({ from, to, days }: UsageReply): UsageReply['days'] {
  const known = new Map(days.map((each) => [each.day, each]))
  const all: UsageReply['days'] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    all.push(known.get(day) ?? { day, transcriptions: 0, seconds: 0, credits: 0 })
  }
  return all
}

const OWN = ['upload', 'url', 'removed'] as const

export function sourceName(source: string): string {
  const own = OWN.find((each) => each === source)
  if (own) return translator('credits')(`usage.sources.${own}`)
  return PLATFORM_NAMES[source as keyof typeof PLATFORM_NAMES] ?? source
}

export const keyName = ({ keyId, name }: UsageReply['keys'][number]): string => {
  const t = translator('credits')
  return keyId === null ? t('usage.dashboard') : (name ?? keyId)
}

/** `1 h 5 min`, `12 min`, `40 s`: the length of what was transcribed. */
export function lengthOf(seconds: number): string {
  const t = translator('credits')
  if (seconds < 60) return t('length.seconds', { seconds: Math.round(seconds) })
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('length.minutes', { minutes })
  return t('length.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
