import type { CaptionSegment } from '../../ports/fetcher.ts'

/**
 * YouTube's own format: `{"events": [{"tStartMs", "dDurationMs", "segs": [{"utf8", "tOffsetMs"}], "aAppend"}]}`.
 * Automatic captions are shown as two rolling lines there: an event of a line stays up while the next comes,
 * and events with `aAppend` only carry the line break between them.
 */
export function parseJson3(text: string): CaptionSegment[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const events = isObject(value) && Array.isArray(value.events) ? value.events : []
  const segments = events.flatMap((event: unknown) => {
    if (!isObject(event) || !Array.isArray(event.segs) || event.aAppend) return []
    const start = Number(event.tStartMs)
    const duration = Number(event.dDurationMs ?? 0)
    if (!Number.isFinite(start) || !Number.isFinite(duration)) return []
    const said = event.segs
      .map((seg: unknown) => (isObject(seg) && typeof seg.utf8 === 'string' ? seg.utf8 : ''))
      .join('')
    return said.trim() === '' ? [] : [{ start: start / 1000, end: (start + duration) / 1000, text: said }]
  })
  return segments
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
