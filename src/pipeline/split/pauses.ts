import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { SpeechRegion } from '../../ports/speech-detector.ts'
import type { PartCutter } from './cutter.ts'
import type { Finder, Found } from './finder.ts'
import type { Limits, Planner, Span } from './planner.ts'
import { hush, quietest } from './quietest.ts'

/** What both parts hear on their side of a cut into running speech: longer than a word. */
export const OVERLAP = SAMPLE_RATE
/** Silence that goes along at both ends of a part: detectors miss soft beginnings and ends of words. */
export const PADDING = SAMPLE_RATE * 0.3
/** Where there is no pause, the cut falls into the last of this. */
const SEARCH = 6 * SAMPLE_RATE
/** Pieces nearer to each other than this have no pause between them worth cutting at. */
const NO_PAUSE = SAMPLE_RATE * 0.05

/**
 * Parts that begin and end in pauses. Regions with short pauses between them are packed into one part up to
 * the target; one that is longer than a part may be is cut where it is quietest.
 *
 * Decisions depend on the regions alone, never on when they are known.
 */
export class PausePlanner implements Planner {
  readonly #finder: Finder
  readonly #limits: Limits
  readonly #cutter: PartCutter
  /** Regions of the part that is being packed. */
  #open: SpeechRegion[] = []
  /** The open part begins at a cut: its own range begins there, and it hears `OVERLAP` more. */
  #cutAt: number | null = null
  /** End of the last region that a part was made of. */
  #lastEnd: number | null = null
  #settled = 0
  #index = 0
  /** Nothing was looked for yet in the middle of a recording that is shared. */
  #isWhole = true
  #ready: Span[] = []

  constructor(finder: Finder, limits: Limits, cutter: PartCutter) {
    this.#finder = finder
    this.#limits = limits
    this.#cutter = cutter
  }

  async push(block: Int16Array): Promise<void> {
    this.#add(await this.#finder.push(block))
  }

  async end(): Promise<void> {
    this.#add(await this.#finder.end())
    this.#emitAll(null)
  }

  take(): Span[] {
    return this.#ready.splice(0)
  }

  neededFrom(): number {
    const begin = this.#open[0]?.start ?? this.#settled
    return Math.max(0, Math.min(begin, this.#settled) - (this.#cutAt === null ? this.#before : OVERLAP))
  }

  close(): void {
    this.#finder.close()
  }

  #add({ regions, settled, probabilities }: Found): void {
    if (probabilities) this.#cutter.hear(probabilities)
    for (const region of regions) this.#join(region)
    this.#settled = settled
    const last = this.#open.at(-1)
    if (last && settled - last.end >= this.#limits.pause) this.#emitAll(null)
  }

  #join(region: SpeechRegion): void {
    const last = this.#open.at(-1)
    if (last && region.start - last.end <= NO_PAUSE) last.end = Math.max(last.end, region.end)
    else {
      if (last && region.start - last.end >= this.#limits.pause) this.#emitAll(region)
      this.#open.push({ ...region })
    }
    this.#halve()
    this.#shorten()
  }

  /** In the middle of a recording that slots share, a moment between two words is pause enough. */
  #halve(): void {
    const { middle } = this.#limits
    const last = this.#open.at(-1)
    if (!middle || !this.#isWhole || !last || last.end < middle.latest + OVERLAP) return
    this.#isWhole = false
    if (this.#index > 0 || last.start > middle.earliest) return
    const moment = hush(this.#cutter.slice(middle.earliest, middle.latest))
    if (moment !== undefined) this.#cut(last, middle.earliest + moment)
  }

  /** Takes parts off the front until what is open fits one part. */
  #shorten(): void {
    for (;;) {
      const [first] = this.#open
      if (!first) return
      if (first.end - first.start > this.#room()) this.#cutInside(first)
      else if (this.#open.length > 1 && this.#open.at(-1)!.end - first.start > this.#target()) {
        this.#emit(this.#fitting(first.start))
      } else return
    }
  }

  get #before(): number {
    return this.#limits.padding ?? PADDING
  }

  /** How long the open regions may be in all: the part also has its padding or overlap, at both ends. */
  #room(): number {
    return this.#limits.longest - PADDING - (this.#cutAt === null ? this.#before : OVERLAP)
  }

  #target(): number {
    return Math.min(this.#limits.target(this.#index), this.#room())
  }

  /** How many of the open regions, at least one and not all, go into a part that keeps to the target. */
  #fitting(begin: number): number {
    const over = this.#open.findIndex((r) => r.end - begin > this.#target())
    return Math.max(1, over)
  }

  #cutInside(first: SpeechRegion): void {
    const latest = first.start + this.#room() - OVERLAP
    const earliest = Math.max(first.start + OVERLAP, latest - SEARCH)
    this.#cut(first, earliest + quietest(this.#cutter.slice(earliest, latest)))
  }

  /** Makes a part of all that is open before a moment within its last region. */
  #cut(region: SpeechRegion, moment: number): void {
    this.#ready.push({ ...this.#beginning(this.#open[0]!), to: moment, end: moment + OVERLAP })
    this.#index++
    this.#cutAt = moment
    this.#open = [{ start: moment, end: region.end }, ...this.#open.slice(this.#open.indexOf(region) + 1)]
  }

  #emitAll(next: SpeechRegion | null): void {
    if (this.#open.length > 0) this.#emit(this.#open.length, next)
  }

  /** Makes a part of the first `count` open regions. */
  #emit(count: number, next: SpeechRegion | null = this.#open[count] ?? null): void {
    const used = this.#open.splice(0, count)
    const last = used.at(-1)!
    const halfway = next ? Math.floor((last.end + next.start) / 2) : Infinity
    const end = Math.min(last.end + PADDING, halfway, this.#cutter.received)
    this.#ready.push({ ...this.#beginning(used[0]!), to: end, end })
    this.#index++
    this.#cutAt = null
    this.#lastEnd = last.end
  }

  #beginning(first: SpeechRegion): { start: number; from: number } {
    if (this.#cutAt !== null) return { start: Math.max(0, this.#cutAt - OVERLAP), from: this.#cutAt }
    const halfway = this.#lastEnd === null ? 0 : Math.floor((this.#lastEnd + first.start) / 2)
    const start = Math.max(halfway, first.start - this.#before)
    return { start, from: start }
  }
}
