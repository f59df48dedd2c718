/** ONNX Runtime as the driver uses it. `run` blocks the process: it belongs into one of its own. */
import { InferenceSession, Tensor } from 'onnxruntime-node'

export { Tensor } from 'onnxruntime-node'
export type Session = InferenceSession

export interface SessionOptions {
  threads: number
  /** ONNX Runtime's execution providers, best first. */
  providers: readonly string[]
}

export function openSession(path: string, { threads, providers }: SessionOptions): Promise<Session> {
  return InferenceSession.create(path, {
    executionProviders: [...providers],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Threads that wait for their next piece of work would otherwise keep a core busy: five minutes of speech took 11.4 s
    // of processor time and 5.9 s instead of 9.5 and 5.5, on two cores, where the voice detector and ffmpeg want them
    // too. To wait busily for 50 µs, in the encoder alone or in the decoder alone lies between.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  })
}

export const floats = (data: Float32Array, dims: readonly number[]): Tensor =>
  new Tensor('float32', data, dims)

export const bytes = (data: Uint8Array, dims: readonly number[]): Tensor => new Tensor('uint8', data, dims)

export const longs = (values: readonly number[], dims: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), dims)

/** A number by itself. */
export const number = (value: number): Tensor => floats(Float32Array.of(value), [])

/** The numbers of an output of 32-bit floats. */
export const floatsOf = (tensor: Tensor | undefined): Float32Array => tensor!.data as Float32Array
