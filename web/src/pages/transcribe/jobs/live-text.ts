import type { TranscriptionEvent } from '../../../../../src/client/events.ts'
import type { EndEvent, ProgressEvent, SegmentEvent } from '../../../../../src/contract/native.ts'

/** What a transcription's events have told so far. */
export interface Live {
  progress: ProgressEvent | undefined
  /** In the order of the times; without gaps, as they are sent. */
  segments: readonly SegmentEvent[]
  end: EndEvent | undefined
}

export const nothingYet: Live = { progress: undefined, segments: [], end: undefined }

/**
 * What is known after some more events. A connection that begins anew repeats what was told before: that
 * changes nothing.
 */
export const heard = (live: Live, events: readonly TranscriptionEvent[]): Live =>
  events.reduce(heardOne, live)

function heardOne(live: Live, event: TranscriptionEvent): Live {
  switch (event.type) {
    case 'progress':
      return live.end ? live : { ...live, progress: forward(live.progress, event) }
    case 'segment':
      if (event.index < live.segments.length) return live
      return { ...live, segments: [...live.segments, event] }
    case 'end': {
      const { state, stage, pct } = event.transcription
      return { ...live, end: event.transcription, progress: { state, stage, pct } }
    }
  }
}

/** Progress never falls; an event from before the break may come late. */
const forward = (known: ProgressEvent | undefined, next: ProgressEvent): ProgressEvent =>
  known && next.pct < known.pct ? { ...next, pct: known.pct } : next
