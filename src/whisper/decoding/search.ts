/** The texts of one sound, as the decoder's steps tell them. */
import type { Attention, Ending } from './decoder.ts'
import { endingOf } from './loops.ts'

/** A text so far. */
interface Text {
  tokens: number[]
  logs: number[]
  attention: Attention[]
}

export interface Ended extends Text {
  ending: Ending
  endLog: number | undefined
}

/** A step of a sound: for each text that was chosen, and for each that they go on from. */
export interface Step {
  ids: readonly number[]
  parents: readonly number[]
  logs: ArrayLike<number>
  /** The logarithm of its end's probability for a text that ends; else a large negative number. */
  ends: readonly (number | undefined)[]
  attention: readonly Attention[]
}

export class Search {
  readonly #limit: number
  /** Undefined: does not go on. */
  #texts: (Text | undefined)[] = [{ tokens: [], logs: [], attention: [] }]
  readonly #ended: Ended[] = []

  /** @param limit tokens that a text may have */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Texts that are carried on, each in its place. */
  get goesOn(): boolean[] {
    return this.#texts.map((text) => text !== undefined)
  }

  take({ ids, parents, logs, ends, attention }: Step): void {
    const before = this.#texts
    before.forEach((text, at) => {
      const endLog = ends[at]
      if (text && endLog !== undefined)
        this.#ended.push({ ...text, attention: [...text.attention, attention[at]!], ending: 'end', endLog })
    })
    this.#texts = ids.map((id, at) => {
      const parent = before[parents[at]!]
      if (!parent || id < 0) return undefined
      return this.#longer(parent, id, logs[at]!, attention[parents[at]!]!)
    })
  }

  /** Undefined where the text ends with it. */
  #longer(text: Text, id: number, log: number, attention: Attention): Text | undefined {
    const longer = {
      tokens: [...text.tokens, id],
      logs: [...text.logs, log],
      attention: [...text.attention, attention],
    }
    const ending = endingOf(longer.tokens, this.#limit)
    if (!ending) return longer
    this.#ended.push({ ...longer, ending, endLog: undefined })
    return undefined
  }

  /** Ends texts of so many tokens and more whose logarithms have a lower mean. */
  endBelow(mean: number, length: number): void {
    this.#texts = this.#texts.map((text) => {
      if (!text || text.tokens.length < length || meanOf(text) >= mean) return text
      this.#ended.push({ ...text, ending: 'limit', endLog: undefined })
      return undefined
    })
  }

  /**
   * The text with the highest mean of its tokens' logarithms, the end's among them, as in OpenAI's driver: of those that
   * the model has ended itself, if there are any.
   */
  get best(): Ended {
    const whole = this.#ended.filter(({ ending }) => ending === 'end')
    return (whole.length > 0 ? whole : this.#ended).reduce((a, b) => (meanOf(b) > meanOf(a) ? b : a))
  }
}

/** Mean logarithm of the tokens' probabilities, the end's among them; of nothing 0. */
export function meanOf({ logs, endLog }: Pick<Ended, 'logs'> & Partial<Pick<Ended, 'endLog'>>): number {
  const sum = logs.reduce((total, log) => total + log, endLog ?? 0)
  const count = logs.length + (endLog === undefined ? 0 : 1)
  return count === 0 ? 0 : sum / count
}
