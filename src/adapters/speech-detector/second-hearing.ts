import { gainsOf, REACH, raised } from './raise.ts'
import { FRAMES, type Memory, type Network, type Stretch } from './silero/network.ts'
import { CONTEXT } from './silero/windows.ts'

/** A gain below this makes no difference to Silero, in decibels. */
const WORTHWHILE = 6
/** Fainter than this, in decibels above a sample of one, are the last bits of a codec. */
const DIGITAL_FLOOR = 3
/** Steady noise is nothing to listen to again; what stands out of it by as much may be. */
const ABOVE_NOISE = 6
/** So many frames of a stretch have to, or it is a click. */
const FEWEST = 3
/** Probabilities below this are not speech to anybody. */
const UNHEARD = 0.5
/** The noise is as loud as the quietest frame of so many stretches: half a minute. */
const REMEMBERED = 15

/**
 * Listens again, with the level raised, to what the network called silence though there was sound in it. It was
 * trained on speech as people record it, and misses most of what is 40 dB below that: a soft word far from the
 * microphone, the other end of a call, a whisper. `npm run bench -- faint` has the figures.
 */
export class SecondHearing {
  readonly #network: Network
  readonly #floor = new NoiseFloor()
  /** Of the raised sound, while it goes on from stretch to stretch. */
  #memory: Memory | null = null

  constructor(network: Network) {
    this.#network = network
  }

  /**
   * How likely each frame is to be speech, all in all.
   * @param levels of its frames and of `REACH` more on both sides
   */
  async hear({ pcm, speech, before }: Stretch, levels: readonly number[]): Promise<Float32Array> {
    const floor = this.#floor.next(levels.slice(REACH, REACH + speech.length))
    const sound = Math.max(DIGITAL_FLOOR, floor + ABOVE_NOISE)
    const standsOut = (i: number): boolean => levelAt(levels, i + REACH) >= sound
    const unheard = (i: number): boolean => speech[i]! < UNHEARD && standsOut(i)
    const gains = count(speech.length, unheard) >= FEWEST ? gainsOf(levels) : []
    const isFaint = (i: number): boolean => gains[i + 1]! >= WORTHWHILE && standsOut(i)
    if (count(speech.length, (i) => unheard(i) && isFaint(i)) < FEWEST) {
      this.#memory = null
      return speech
    }
    const again = await this.#network.hear(raised(pcm, CONTEXT, gains), this.#memory ?? before)
    this.#memory = again.memory
    return speech.map((p, i) => (isFaint(i) ? Math.max(p, again.speech[i]!) : p))
  }
}

function count(length: number, is: (i: number) => boolean): number {
  let sum = 0
  for (let i = 0; i < length; i++) if (is(i)) sum++
  return sum
}

/** Of a frame and its neighbours: noise is uneven. */
const levelAt = (levels: readonly number[], i: number): number =>
  (levels[i - 1]! + levels[i]! + levels[i + 1]!) / 3

/** The quietest that it has been lately. */
class NoiseFloor {
  #quietest: number[] = []

  next(levels: readonly number[]): number {
    this.#quietest = [...this.#quietest, Math.min(...levels)].slice(-REMEMBERED)
    return Math.min(...this.#quietest)
  }
}

/** Frames whose levels are needed for a stretch that begins with this one. */
export const levelsFor = (first: number): [from: number, to: number] => [
  first - REACH,
  first + FRAMES + REACH,
]
