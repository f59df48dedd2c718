/** Which language a recording is in, by what was detected in its parts: each counts as long as it is. */

/** Shorter than this, a part is easily taken for another language. Seconds. */
const SHORT = 8
export const isShort = (seconds: number): boolean => seconds < SHORT

/** A language is settled when so many seconds were heard, and so much of all in it. */
const SETTLED = { seconds: 30, share: 0.8 }

export interface Leader {
  language: string
  /** Of all that was heard, how much was in it: 0 to 1. */
  share: number
}

export class LanguageVote {
  readonly #seconds = new Map<string, number>()

  add(language: string, seconds: number): void {
    this.#seconds.set(language, (this.#seconds.get(language) ?? 0) + seconds)
  }

  /** The language that most was heard in; null: none was detected yet. */
  leader(): Leader | null {
    const [most] = [...this.#seconds].sort((a, b) => b[1] - a[1])
    return most ? { language: most[0], share: most[1] / this.#total() } : null
  }

  /** The language that this part rather is in than the one detected; undefined: the detected one is believed. */
  rather(detected: string, seconds: number): string | undefined {
    const leader = this.leader()
    const settled = leader && leader.share >= SETTLED.share && this.#total() >= SETTLED.seconds
    return settled && isShort(seconds) && leader.language !== detected ? leader.language : undefined
  }

  #total(): number {
    let sum = 0
    for (const seconds of this.#seconds.values()) sum += seconds
    return sum
  }
}
