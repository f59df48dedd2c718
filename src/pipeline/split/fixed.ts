import type { PartCutter } from './cutter.ts'
import { OVERLAP } from './pauses.ts'
import type { Limits, Planner, Span } from './planner.ts'

/** 16 bit samples within this are not sound but the last bits of a codec: about -66 dB. */
const AUDIBLE = 16

/**
 * Windows of one length, each overlapping its neighbours by twice `OVERLAP`, whatever is in them; windows
 * without any sound are left out. For models that stand every cut, and for tests of the merging.
 */
export class FixedPlanner implements Planner {
  readonly #limits: Limits
  readonly #cutter: PartCutter
  /** Where the next part's own range begins. */
  #from = 0
  #index = 0
  #ended = false

  constructor(limits: Limits, cutter: PartCutter) {
    this.#limits = limits
    this.#cutter = cutter
  }

  async push(): Promise<void> {}

  async end(): Promise<void> {
    this.#ended = true
  }

  take(): Span[] {
    const spans: Span[] = []
    for (let span = this.#next(); span; span = this.#next()) {
      this.#from = span.to
      this.#index++
      if (this.#cutter.slice(span.start, span.end).some((s) => Math.abs(s) >= AUDIBLE)) spans.push(span)
    }
    return spans
  }

  #next(): Span | null {
    const received = this.#cutter.received
    const start = this.neededFrom()
    const end = start + this.#limits.target(this.#index)
    if (end < received) return { start, end, from: this.#from, to: end - OVERLAP }
    if (!this.#ended || this.#from >= received) return null
    return { start, end: received, from: this.#from, to: received }
  }

  neededFrom(): number {
    return Math.max(0, this.#from - OVERLAP)
  }

  close(): void {}
}
