import type { SpeechRegion } from '../../ports/speech-detector.ts'

/**
 * Turns what the detector finds into regions of bounded length.
 *
 * Music or a breathless speaker can go on for hours without a pause, and whoever waits for the end of the
 * region would have to keep all of it. So after `limit` samples the detector is made to end its segment,
 * the region is cut at the quietest moment of its last seconds, and the next region starts there.
 */
export class RegionMaker {
  readonly #limit: number
  readonly #regions: SpeechRegion[] = []
  readonly #levels: RecentLevels
  /** Start of a region that was cut, and the end of what the detector gave of it. */
  #open: { start: number; end: number } | null = null
  #detectedSince: number | null = null

  constructor(limit: number, window: number) {
    this.#limit = limit
    this.#levels = new RecentLevels(window, limit / 3)
  }

  /** Takes the level of the next window, whether speech goes on after it, and the segments that ended in it. */
  window(at: number, level: number, detected: boolean, ended: readonly SpeechRegion[]): 'go on' | 'cut' {
    this.#levels.add(at, level)
    for (const segment of ended) this.#finish(segment)
    if (!detected) {
      this.#detectedSince = null
      this.#finishOpen()
      return 'go on'
    }
    this.#detectedSince ??= this.#open?.start ?? at
    return at - this.#detectedSince >= this.#limit ? 'cut' : 'go on'
  }

  /** Takes the segment that the detector was made to end. */
  cut(segment: SpeechRegion): void {
    const start = this.#open?.start ?? segment.start
    const quiet = this.#levels.quietest(Math.max(start + this.#limit / 2, segment.start), segment.end)
    this.#regions.push({ start, end: quiet })
    this.#open = { start: quiet, end: segment.end }
    this.#detectedSince = null
  }

  /** The last segments, with the recording's length, beyond which nothing is. */
  end(ended: readonly SpeechRegion[], length: number): SpeechRegion[] {
    for (const segment of ended) this.#finish(segment)
    this.#finishOpen()
    return this.take()
      .map(({ start, end }) => ({ start, end: Math.min(end, length) }))
      .filter(({ start, end }) => start < end)
  }

  /** The regions that are complete, each once. */
  take(): SpeechRegion[] {
    return this.#regions.splice(0)
  }

  #finish(segment: SpeechRegion): void {
    if (this.#open && segment.start <= this.#open.end) {
      this.#regions.push({ start: this.#open.start, end: segment.end })
      this.#open = null
      return
    }
    this.#finishOpen()
    this.#regions.push(segment)
  }

  #finishOpen(): void {
    if (this.#open) this.#regions.push(this.#open)
    this.#open = null
  }
}

/** The levels of the last windows. */
class RecentLevels {
  readonly #window: number
  readonly #keep: number
  #levels: { at: number; level: number }[] = []

  constructor(window: number, samples: number) {
    this.#window = window
    this.#keep = Math.max(1, Math.floor(samples / window))
  }

  add(at: number, level: number): void {
    this.#levels.push({ at, level })
    if (this.#levels.length >= this.#keep * 2) this.#levels = this.#levels.slice(-this.#keep)
  }

  /** The middle of the quietest window within [from, to), or `to` where none is known. */
  quietest(from: number, to: number): number {
    let best: { at: number; level: number } | undefined
    for (const each of this.#levels.slice(-this.#keep)) {
      const inside = each.at >= from && each.at + this.#window <= to
      if (inside && (best === undefined || each.level <= best.level)) best = each
    }
    return best ? best.at + this.#window / 2 : to
  }
}
