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
export interface Memory {
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

/** What was heard in one call. */
export interface Stretch {
  /** The sound, with its context before it; silence where it ended. */
  pcm: Int16Array
  /** How likely each of its frames is to be speech, 0 to 1. */
  speech: Float32Array
  /** What the network remembered when it came to it. */
  before: Memory
}

/** Listens to one sound. */
export class Listener {
  readonly #network: Network
  /** The last samples of the call before, and those of the next as far as they have come. */
  #pcm = new Int16Array(CONTEXT + CALL)
  #filled = 0
  #memory: Memory = { h: nothing(), c: nothing() }

  constructor(network: Network) {
    this.#network = network
  }

  /** Takes the next samples. @returns the stretches that are whole by now, once each, in order */
  async push(pcm: Int16Array): Promise<Stretch[]> {
    const heard: Stretch[] = []
    for (let at = 0; at < pcm.length; ) {
      const piece = pcm.subarray(at, at + CALL - this.#filled)
      this.#pcm.set(piece, CONTEXT + this.#filled)
      this.#filled += piece.length
      at += piece.length
      if (this.#filled === CALL) heard.push(await this.#hear(FRAMES))
    }
    return heard
  }

  /** The last stretch, shorter than the others; its last frame may reach beyond the sound. */
  async end(): Promise<Stretch[]> {
    return this.#filled === 0 ? [] : [await this.#hear(Math.ceil(this.#filled / FRAME))]
  }

  async #hear(frames: number): Promise<Stretch> {
    const pcm = this.#pcm
    const before = this.#memory
    const { speech, memory } = await this.#network.hear(pcm, before)
    this.#memory = memory
    this.#pcm = new Int16Array(CONTEXT + CALL)
    this.#pcm.set(pcm.subarray(CALL))
    this.#filled = 0
    return { pcm, speech: speech.subarray(0, frames), before }
  }
}

const nothing = (): Tensor => new Tensor('float32', new Float32Array(HIDDEN), [1, 1, HIDDEN])
