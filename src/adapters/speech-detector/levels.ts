import { SPEECH_FRAME } from '../../ports/speech-detector.ts'

/** Of a frame of digital silence, and of what lies before and after the recording: below one bit of noise. */
export const SILENT = -30

/** How loud each frame of a recording is, in decibels above a sample of one: full scale is 90. */
export class Levels {
  #levels: number[] = []
  /** The frame that the first of them is of. */
  #from = 0
  #sum = 0
  #samples = 0

  /** Frames that are known. */
  get known(): number {
    return this.#from + this.#levels.length
  }

  push(pcm: Int16Array): void {
    for (let at = 0; at < pcm.length; ) {
      const end = Math.min(pcm.length, at + SPEECH_FRAME - this.#samples)
      let sum = 0
      for (let i = at; i < end; i++) sum += pcm[i]! * pcm[i]!
      this.#sum += sum
      this.#samples += end - at
      at = end
      if (this.#samples === SPEECH_FRAME) this.end()
    }
  }

  /** Of a frame that is not whole, too. */
  end(): void {
    if (this.#samples > 0) this.#levels.push(Math.max(SILENT, 10 * Math.log10(this.#sum / SPEECH_FRAME)))
    this.#sum = 0
    this.#samples = 0
  }

  /** Of these frames; those that do not exist are silent. */
  slice(from: number, to: number): number[] {
    return Array.from({ length: to - from }, (_, i) => this.#levels[from + i - this.#from] ?? SILENT)
  }

  /** Nobody asks for earlier ones any more. */
  forget(before: number): void {
    if (before > this.#from) this.#from += this.#levels.splice(0, before - this.#from).length
  }
}
