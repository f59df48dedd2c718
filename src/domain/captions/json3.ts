import type { CaptionSegment } from '../../ports/fetcher.ts'

/**
 * YouTube's own format: `{"events": [{"tStartMs", "dDurationMs", "wWinId", "segs": [{"utf8"}], "aAppend"}]}`.
 * An event opens a line in its window, and those with `aAppend` add to it: words, or the break before the next
 * line. Automatic captions are shown as two rolling lines: one stays up while the next comes.
 */
export function parseJson3(text: string): { segments: CaptionSegment[]; rolls: boolean } {
  const segments: CaptionSegment[] = []
  /** By window, the line that may still grow. */
  const open = new Map<unknown, CaptionSegment>()
  let rolls = false
  const begin = ({ start, end, window }: Event, said: string): void => {
    const line = { start, end, text: said }
    segments.push(line)
    open.set(window, line)
  }
  for (const event of eventsOf(text)) {
    rolls ||= event.appends
    if (!event.appends) {
      if (event.said.trim() !== '') begin(event, event.said)
      continue
    }
    const [first = '', ...lines] = event.said.split('\n')
    const before = open.get(event.window)
    if (before && first !== '') {
      before.text += first
      before.end = Math.max(before.end, event.end)
    } else if (first.trim() !== '') begin(event, first)
    for (const line of lines) {
      open.delete(event.window)
      if (line.trim() !== '') begin(event, line)
    }
  }
  return { segments, rolls }
}

interface Event {
  start: number
  end: number
  said: string
  appends: boolean
  window: unknown
}

function eventsOf(text: string): Event[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const events = isObject(value) && Array.isArray(value.events) ? value.events : []
  return events.flatMap((event: unknown) => {
    if (!isObject(event) || !Array.isArray(event.segs)) return []
    // What is 0 may be left out.
    const start = Number(event.tStartMs ?? 0) / 1000
    const duration = Number(event.dDurationMs ?? 0) / 1000
    if (!Number.isFinite(start) || !Number.isFinite(duration)) return []
    const said = event.segs
      .map((seg: unknown) => (isObject(seg) && typeof seg.utf8 === 'string' ? seg.utf8 : ''))
      .join('')
    const from = Math.max(0, start)
    return [
      {
        start: from,
        end: Math.max(from, start + duration),
        said,
        appends: Boolean(event.aAppend),
        window: event.wWinId,
      },
    ]
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
