import type { PartSpan } from '../parts.ts'

export type Span = Omit<PartSpan, 'index'>

/** Decides, while the recording comes in, where its parts lie. Positions are samples. */
export interface Planner {
  push(block: Int16Array): Promise<void>
  end(): Promise<void>
  /** The parts that are certain by now, once each, in order. */
  take(): Span[]
  /** No coming part begins before this. */
  neededFrom(): number
  close(): void
}

export interface Limits {
  /** Samples that a part may have at most. */
  longest: number
  /** Samples of what comes before speech that go along with it; at most a second. Undefined: as does well. */
  padding?: number | undefined
  /** Samples of silence that are never carried along inside a part. */
  pause: number
  /** Samples that the part with this index is packed up to, where there are pauses. */
  target(index: number): number
  /** Where a recording that two slots share is best cut, give or take, in samples; undefined: nowhere. */
  middle?: { earliest: number; latest: number } | undefined
}
