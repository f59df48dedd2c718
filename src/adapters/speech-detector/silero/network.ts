import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { SPEECH_FRAME as FRAME } from '../../../ports/speech-detector.ts'
import { HIDDEN, writeGraph } from './graph.ts'
import { readWeights } from './weights.ts'
import { CONTEXT, DIFFERENCES, fold, SUMS, WINDOWS } from './windows.ts'

/**
 * Frames of one call, always as many: products of other sizes may differ in their last bits, and the answers
 * would hang on how the sound comes in. Two seconds; with 32 a call costs 1.2 times as much, with 128 the same.
 */
export const FRAMES = 64
export const CALL = FRAMES * FRAME

/** What the network remembers from call to call. */
interface Memory {
  h: Tensor
  c: Tensor
}

/** Silero's network, loaded; shared by all recordings. */
export class Network {
  readonly #session: InferenceSession

  private constructor(session: InferenceSession) {
    this.#session = session
  }

  /** @throws Error with one line where the file is not Silero's v5 or v6 */
  static async load(path: string): Promise<Network> {
    const graph = writeGraph(readWeights(path, readFileSync(path)), FRAMES)
    const session = await InferenceSession.create(graph, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    })
    return new Network(session)
  }

  /** @param pcm `CONTEXT` and `CALL` samples */
  async hear(pcm: Int16Array, { h, c }: Memory): Promise<{ speech: Float32Array; memory: Memory }> {
    const { sums, differences } = fold(pcm)
    const rows = FRAMES * WINDOWS
    const heard = await this.#session.run({
      sums: new Tensor('float32', sums, [rows, SUMS]),
      differences: new Tensor('float32', differences, [rows, DIFFERENCES]),
      h,
      c,
    })
    return {
      speech: heard.speech!.data as Float32Array,
      memory: { h: heard.hn as Tensor, c: heard.cn as Tensor },
    }
  }
}

/** Listens to one sound, and says for each of its frames how likely it is to be speech, 0 to 1. */
export class Listener {
  readonly #network: Network
  /** The last samples of the call before, and those of the next as far as they have come. */
  readonly #pcm = new Int16Array(CONTEXT + CALL)
  #filled = 0
  #memory: Memory = { h: nothing(), c: nothing() }

  constructor(network: Network) {
    this.#network = network
  }

  /** Takes the next samples. @returns the frames that are known by now, once each, in order */
  async push(pcm: Int16Array): Promise<Float32Array> {
    const speech: Float32Array[] = []
    for (let at = 0; at < pcm.length; ) {
      const piece = pcm.subarray(at, at + CALL - this.#filled)
      this.#pcm.set(piece, CONTEXT + this.#filled)
      this.#filled += piece.length
      at += piece.length
      if (this.#filled === CALL) speech.push(await this.#hear())
    }
    return concat(speech)
  }

  /** The frames that are left; the last one may reach beyond the sound, into silence. */
  async end(): Promise<Float32Array> {
    if (this.#filled === 0) return new Float32Array()
    const frames = Math.ceil(this.#filled / FRAME)
    this.#pcm.fill(0, CONTEXT + this.#filled)
    return (await this.#hear()).subarray(0, frames)
  }

  async #hear(): Promise<Float32Array> {
    const { speech, memory } = await this.#network.hear(this.#pcm, this.#memory)
    this.#memory = memory
    this.#pcm.copyWithin(0, CALL)
    this.#filled = 0
    return speech
  }
}

const nothing = (): Tensor => new Tensor('float32', new Float32Array(HIDDEN), [1, 1, HIDDEN])

function concat(pieces: Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
