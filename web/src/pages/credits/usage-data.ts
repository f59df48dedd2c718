import type { UsageReply } from '../../../../src/contract/account.ts'
import { PLATFORM_NAMES } from '../../../../src/contract/platforms.ts'

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

const SOURCES: Record<string, string> = {
  upload: 'Uploaded files',
  url: 'Media addresses',
  removed: 'Removed transcriptions',
  ...PLATFORM_NAMES,
}

export const sourceName = (source: string): string => SOURCES[source] ?? source

export const keyName = ({ keyId, name }: UsageReply['keys'][number]): string =>
  keyId === null ? 'On this dashboard' : (name ?? keyId)

/** `1 h 5 min`, `12 min`, `40 s`: the length of what was transcribed. */
export function lengthOf(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
