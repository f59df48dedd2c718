import sherpa, { type Vad } from 'sherpa-onnx-node'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { SpeechRegion } from '../../ports/speech-detector.ts'
import { RegionMaker } from './regions.ts'

/** Silero looks at this many samples at a time. */
const WINDOW = 512
/** Longest region. With the padding of a splitter it still fits into Whisper's 29 s. */
const LONGEST_REGION = 25 * SAMPLE_RATE
/** sherpa-onnx counts samples in 32 bits: begin anew, in a pause, well before they run out (18 hours). */
const RENEW_AFTER = 2 ** 30

export const createVad = (model: string): Vad =>
  new sherpa.Vad(
    {
      sileroVad: {
        model,
        threshold: 0.5,
        // A pause at which one may cut.
        minSilenceDuration: 0.3,
        // A short "no" must not be missed; what is shorter is a click.
        minSpeechDuration: 0.1,
        // From here on any short pause ends the segment; see also LONGEST_REGION.
        maxSpeechDuration: 15,
        windowSize: WINDOW,
      },
      sampleRate: SAMPLE_RATE,
      numThreads: 1,
    },
    LONGEST_REGION / SAMPLE_RATE + 15,
  )

/**
 * Finds the speech of one recording. The detector is handed exactly one window at a time: it would take a
 * longer chunk as speech throughout if any window of it is, and the result would hang on the chunk's size.
 */
export class Detection {
  readonly #vad: Vad
  readonly #maker = new RegionMaker(LONGEST_REGION, WINDOW)
  readonly #rest = new Int16Array(WINDOW)
  #inRest = 0
  /** Samples taken. */
  #length = 0
  /** Samples handed to the detector, and how many of them before it was last reset. */
  #seen = 0
  #origin = 0

  constructor(vad: Vad) {
    vad.reset()
    this.#vad = vad
  }

  push(pcm: Int16Array): SpeechRegion[] {
    this.#length += pcm.length
    for (let at = 0; at < pcm.length; ) {
      const taken = Math.min(WINDOW - this.#inRest, pcm.length - at)
      this.#rest.set(pcm.subarray(at, at + taken), this.#inRest)
      this.#inRest += taken
      at += taken
      if (this.#inRest === WINDOW) {
        this.#inRest = 0
        this.#window(this.#rest)
      }
    }
    return this.#maker.take()
  }

  end(): SpeechRegion[] {
    const length = this.#length
    // The detector looks a little ahead, so the last samples want a window of silence behind them.
    this.push(new Int16Array(WINDOW * 2 - this.#inRest))
    this.#vad.flush()
    const regions = this.#maker.end(this.#ended(), length)
    return regions
  }

  #window(samples: Int16Array): void {
    const floats = new Float32Array(WINDOW)
    let energy = 0
    for (let i = 0; i < WINDOW; i++) {
      const sample = samples[i]! / 32768
      floats[i] = sample
      energy += sample * sample
    }
    const at = this.#seen
    this.#seen += WINDOW
    this.#vad.acceptWaveform(floats)
    const detected = this.#vad.isDetected()
    if (this.#maker.window(at, energy, detected, this.#ended()) === 'cut') {
      this.#vad.flush()
      for (const segment of this.#ended()) this.#maker.cut(segment)
    } else if (!detected && this.#seen - this.#origin > RENEW_AFTER) {
      this.#vad.reset()
      this.#origin = this.#seen
    }
  }

  /** The segments that the detector has finished. */
  #ended(): SpeechRegion[] {
    const segments: SpeechRegion[] = []
    while (!this.#vad.isEmpty()) {
      const { start, samples } = this.#vad.front(false)
      const from = this.#origin + start
      segments.push({ start: from, end: from + samples.length })
      this.#vad.pop()
    }
    return segments
  }
}
