/** Where the large tensors of a graph go: a file beside it, which ONNX Runtime maps into memory. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { basename } from 'node:path'

export type TensorData = Float32Array | BigInt64Array | Int8Array | Uint8Array | Uint16Array | Int32Array

export interface Tensor {
  data: TensorData
  dims: readonly number[]
  /** ONNX's number of the element type, where the array does not tell it: 10 for 16-bit floats in a Uint16Array. */
  type?: number
}

export const FLOAT16 = 10

const TYPES = new Map<unknown, number>([
  [Float32Array, 1],
  [Uint8Array, 2],
  [Int8Array, 3],
  [Int32Array, 6],
  [BigInt64Array, 7],
  [Uint16Array, FLOAT16],
])

export const typeOf = (data: TensorData): number => TYPES.get(data.constructor)!

export interface TensorSink {
  write(body: Uint8Array): { location: string; offset: number }
}

/** ONNX Runtime maps a tensor only where it begins at a page. */
const PAGE = 4096

/** A file of tensors, each beginning at a page. */
export class TensorFile implements TensorSink {
  readonly #location: string
  readonly #fd: number
  #at = 0

  constructor(path: string) {
    this.#location = basename(path)
    this.#fd = openSync(path, 'w')
  }

  write(body: Uint8Array): { location: string; offset: number } {
    const offset = Math.ceil(this.#at / PAGE) * PAGE
    for (let done = 0; done < body.length; ) {
      done += writeSync(this.#fd, body, done, body.length - done, offset + done)
    }
    this.#at = offset + body.length
    return { location: this.#location, offset }
  }

  close(): void {
    fsyncSync(this.#fd)
    closeSync(this.#fd)
  }
}
