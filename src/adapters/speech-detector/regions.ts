import { SAMPLE_RATE } from '../../ports/engine.ts'
import { SPEECH_FRAME, type SpeechRegion, type SpeechSettings } from '../../ports/speech-detector.ts'

/** Speech begins at this probability, and ends so far below it, as Silero's own `get_speech_timestamps` has it. */
const SPEECH = 0.5
const SILENCE_BELOW = 0.15

const frames = (seconds: number): number => Math.ceil((seconds * SAMPLE_RATE) / SPEECH_FRAME)
/** A pause at which one may cut. */
const PAUSE = 0.3
/** In a region that is this long, a short one will do. */
const LONG = frames(15)
const SHORT_PAUSE = frames(0.1)
/** A short "no" must not be missed; what is shorter is a click. */
const SHORTEST = frames(0.1)
/**
 * Music or a breathless speaker can go on for hours without a pause, and whoever waits for the end of the region
 * would have to keep all of it. With the padding of a splitter this still fits into Whisper's 29 s.
 */
const LONGEST = Math.floor((25 * SAMPLE_RATE) / SPEECH_FRAME)
/** Where there is no pause, the cut falls into the last of this. */
const SEARCH = frames(8)

/** Turns the probabilities of frames into regions, a frame at a time. */
export class RegionMaker {
  readonly #speech: number
  readonly #silence: number
  readonly #pause: number
  #at = 0
  /** First frame of the region under way. */
  #start: number | null = null
  /** First frame of the silence that may be its end. */
  #quietSince: number | null = null
  /** It goes on where the last one was cut, so it may be as short as it likes. */
  #continues = false
  #levels: number[] = []
  #regions: SpeechRegion[] = []

  constructor({ threshold = SPEECH, pauseSeconds = PAUSE }: SpeechSettings = {}) {
    this.#speech = threshold
    this.#silence = Math.max(0.01, threshold - SILENCE_BELOW)
    this.#pause = frames(pauseSeconds)
  }

  /** Takes the next frame. @param level how loud it is, by any measure */
  frame(probability: number, level: number): void {
    const at = this.#at++
    if (this.#start === null) {
      if (probability < this.#speech) return
      this.#start = at
      this.#levels = []
    }
    this.#levels.push(level)
    if (probability >= this.#speech) this.#quietSince = null
    else if (probability < this.#silence) this.#quiet(this.#start, at)
    if (this.#start !== null && this.#at - this.#start >= LONGEST) this.#cut(this.#start)
  }

  /** No region to come begins before this sample. */
  get decided(): number {
    return (this.#start ?? this.#at) * SPEECH_FRAME
  }

  /** The regions that are complete, each once. */
  take(): SpeechRegion[] {
    return this.#regions.splice(0)
  }

  /** The last regions of a recording of this many samples. */
  end(length: number): SpeechRegion[] {
    if (this.#start !== null) this.#finish(this.#start, this.#quietSince ?? this.#at)
    return this.take()
      .map(({ start, end }) => ({ start, end: Math.min(end, length) }))
      .filter(({ start, end }) => start < end)
  }

  #quiet(start: number, at: number): void {
    this.#quietSince ??= at
    const pause = at - start >= LONG ? Math.min(SHORT_PAUSE, this.#pause) : this.#pause
    if (this.#at - this.#quietSince >= pause) this.#finish(start, this.#quietSince)
  }

  #finish(start: number, end: number): void {
    if (end - start >= (this.#continues ? 1 : SHORTEST)) this.#give(start, end)
    this.#start = null
    this.#quietSince = null
    this.#continues = false
  }

  /** Ends the region at the quietest of its last frames, the latest of equals; the next one starts there. */
  #cut(start: number): void {
    const from = this.#levels.length - SEARCH
    let quietest = from
    for (let i = from; i < this.#levels.length; i++)
      if (this.#levels[i]! <= this.#levels[quietest]!) quietest = i
    const end = start + quietest
    this.#give(start, end)
    this.#start = end
    this.#continues = true
    this.#levels = this.#levels.slice(quietest)
  }

  #give(start: number, end: number): void {
    this.#regions.push({ start: start * SPEECH_FRAME, end: end * SPEECH_FRAME })
  }
}
