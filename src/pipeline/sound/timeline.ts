/**
 * Puts decoded sound at its time: sample k of what leaves here is the recording's second k / 16000 as a player
 * counts. What was never recorded becomes silence. All that was decoded stays, whatever the timestamps say, but
 * for a little silence where a recorder's clock ran slow.
 */
import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { Hole, Holes } from './holes.ts'

const MS = SAMPLE_RATE / 1000
/** Samples: less is the jitter of healthy files. */
const NOTICED = 40 * MS
/** Samples: a clock that runs off is set right at the next quiet place; at this much, at any place. */
const PRESSING = 300 * MS
/** Samples: damaged frames may become longer than they were; more backwards is a clock that was set. */
const LONGEST_FRAME = 130 * MS
/** Samples: quiet places are looked for in steps of this length. */
const STEP = 10 * MS
/** So much below what was loud a moment ago is quiet. */
const QUIET = 0.1

export interface TimelineOptions {
  /** The format has no times of its own (MP3, AAC…): its samples are counted. */
  counted?: boolean
  /** Seconds before the first sample, where the timestamps do not have them. */
  pause?: number
  /** Seconds: a longer gap is a clock that jumped, not silence. */
  longestGap: number
}

export interface Span {
  /** Seconds. */
  start: number
  end: number
}

export class Timeline {
  /** Places where timestamps went on and sound did not. In a file without times `end` is not later than `start`. */
  readonly gaps: Span[] = []
  readonly #options: TimelineOptions
  /** Samples that have left. */
  #length = 0
  #last: { at: number; end: number } | undefined
  /** Samples by which the timestamps are ahead of the sound. */
  #drift = 0
  /** The highest amplitude of late. */
  #loud = 0
  /** Milliseconds. */
  #first = 0
  #holes: Hole[] = []
  #steady = false

  constructor(options: TimelineOptions) {
    this.#options = options
  }

  /** Seconds that have left. */
  get seconds(): number {
    return this.#length / SAMPLE_RATE
  }

  /** What is missing in a file without times. What comes before the first sound is no part of the recording. */
  set holes({ holes, steady }: Holes) {
    this.#holes = holes.filter(({ at }) => at >= this.#first)
    this.#steady = steady
  }

  /** @param at milliseconds @returns the piece, with silence before or in it where there was a gap */
  place(pcm: Int16Array, at: number): Int16Array[] {
    const placed = this.#placed(pcm, at)
    for (const piece of placed) this.#length += piece.length
    return placed
  }

  #placed(pcm: Int16Array, at: number): Int16Array[] {
    const last = this.#last
    this.#last = { at, end: at + pcm.length / MS }
    if (!last) {
      this.#first = at
      return [...silence(this.#lead(at)), pcm]
    }
    // ffmpeg writes no time twice: what went back in time comes with the last one again, and follows on. The pieces of
    // TrueHD are shorter than the millisecond in which times are told: two have the same, and the next is ahead by that.
    const step = at === last.at && last.end - at > 1 ? 0 : Math.round((at - last.end) * MS)
    if (this.#options.counted) return [...silence(this.#hole(step, at)), pcm]
    if (step >= NOTICED) return [...silence(this.#gap(step)), pcm]
    if (step > -LONGEST_FRAME) this.#drift += step
    return Math.abs(this.#drift) < NOTICED ? [pcm] : this.#setRight(pcm)
  }

  #lead(at: number): number {
    const { counted = false, pause = 0, longestGap } = this.#options
    const before = counted ? 0 : Math.round(at * MS)
    return Math.round(pause * SAMPLE_RATE) + (before > 0 && before <= longestGap * SAMPLE_RATE ? before : 0)
  }

  #gap(step: number): number {
    if (step > this.#options.longestGap * SAMPLE_RATE) return 0
    const length = Math.max(0, step + this.#drift)
    this.#drift = 0
    this.#note(length)
    return length
  }

  /** Before the piece at `at`, in a file without times. */
  #hole(step: number, at: number): number {
    let length = step >= NOTICED / 2 && this.#steady ? step : 0
    for (; this.#holes[0] && this.#holes[0].at < at; this.#holes.shift())
      length += Math.round(this.#holes[0].seconds * SAMPLE_RATE)
    if (length > 0 || step >= NOTICED / 2) this.#note(length)
    return length
  }

  #note(length: number): void {
    this.gaps.push({ start: this.seconds, end: this.seconds + length / SAMPLE_RATE })
  }

  /** Longer or shorter by what the clock is off, where nobody speaks: no word is cut in two. */
  #setRight(pcm: Int16Array): Int16Array[] {
    const quiet = this.#quietStretch(pcm)
    if (this.#drift > 0) {
      if (!quiet && this.#drift < PRESSING) return [pcm]
      const cut = quiet ? (quiet.from + quiet.to) >> 1 : 0
      const more = this.#drift
      this.#drift = 0
      return [pcm.subarray(0, cut), ...silence(more), pcm.subarray(cut)]
    }
    if (!quiet) return [pcm]
    const less = Math.min(quiet.to - quiet.from, -this.#drift)
    this.#drift += less
    return [pcm.subarray(0, quiet.from), pcm.subarray(quiet.from + less)]
  }

  /** The longest. */
  #quietStretch(pcm: Int16Array): { from: number; to: number } | undefined {
    let best: { from: number; to: number } | undefined
    let open: { from: number; to: number } | undefined
    for (let from = 0; from < pcm.length; from += STEP) {
      const to = Math.min(pcm.length, from + STEP)
      let peak = 0
      for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(pcm[i]!))
      // Forgets in about three seconds.
      this.#loud = Math.max(peak, this.#loud * 0.997)
      if (peak > this.#loud * QUIET) open = undefined
      else open = { from: open?.from ?? from, to }
      if (open && open.to - open.from > (best ? best.to - best.from : 0)) best = open
    }
    return best
  }
}

function silence(samples: number): Int16Array[] {
  const pieces: Int16Array[] = []
  for (let left = samples; left > 0; left -= SAMPLE_RATE)
    pieces.push(new Int16Array(Math.min(left, SAMPLE_RATE)))
  return pieces
}
