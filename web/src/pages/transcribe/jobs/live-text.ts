import type { EndEvent, ProgressEvent, SegmentEvent } from '../../../../../src/contract/native.ts'

/** What a transcription's events have told so far. */
export interface Live {
  progress: ProgressEvent | undefined
  /** In the order of the times; without gaps, as they are sent. */
  segments: readonly SegmentEvent[]
  end: EndEvent | undefined
}

export type LiveEvent =
  | { event: 'progress'; data: ProgressEvent }
  | { event: 'segment'; data: SegmentEvent }
  | { event: 'end'; data: EndEvent }

export const nothingYet: Live = { progress: undefined, segments: [], end: undefined }

/**
 * What is known after some more events. A connection that begins anew repeats what was told before: that
 * changes nothing.
 */
export const heard = (live: Live, events: readonly LiveEvent[]): Live => events.reduce(heardOne, live)

function heardOne(live: Live, { event, data }: LiveEvent): Live {
  switch (event) {
    case 'progress':
      return live.end ? live : { ...live, progress: forward(live.progress, data) }
    case 'segment':
      if (data.index < live.segments.length) return live
      return { ...live, segments: [...live.segments, data] }
    case 'end':
      return { ...live, end: data, progress: { state: data.state, stage: data.stage, pct: data.pct } }
  }
}

/** Progress never falls; an event from before the break may come late. */
const forward = (known: ProgressEvent | undefined, next: ProgressEvent): ProgressEvent =>
  known && next.pct < known.pct ? { ...next, pct: known.pct } : next
