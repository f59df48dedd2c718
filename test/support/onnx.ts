/** ONNX models written by hand: the tests make their own, so no weights are needed. */
import { bytes, int } from '../../src/whisper/graphs/wire.ts'

export const FLOAT = 1
export const INT64 = 7

export const longs = (...values: (number | bigint)[]): BigInt64Array => BigInt64Array.from(values.map(BigInt))

export type TensorData = Float32Array | BigInt64Array | Int8Array | Uint8Array

const TYPES = new Map<unknown, number>([
  [Float32Array, FLOAT],
  [BigInt64Array, INT64],
  [Int8Array, 3],
  [Uint8Array, 2],
])

/** An initializer of the graph. */
export const tensor = (name: string, dims: number[], data: TensorData): Buffer =>
  bytes(
    5,
    Buffer.concat([
      ...dims.map((d) => int(1, d)),
      int(2, TYPES.get(data.constructor)!),
      bytes(8, name),
      bytes(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
    ]),
  )

export const node = (
  op: string,
  inputs: string[],
  outputs: string | string[],
  ...attributes: Buffer[]
): Buffer => {
  const outs = Array.isArray(outputs) ? outputs : [outputs]
  return bytes(
    1,
    Buffer.concat([
      ...inputs.map((i) => bytes(1, i)),
      ...outs.map((o) => bytes(2, o)),
      bytes(3, outs[0]!),
      bytes(4, op),
      ...attributes,
    ]),
  )
}

/** An integer attribute of a node. */
export const intAttribute = (name: string, value: number): Buffer =>
  bytes(5, Buffer.concat([bytes(1, name), int(3, value), int(20, 2)]))

/** Several integers. */
export const intsAttribute = (name: string, values: number[]): Buffer =>
  bytes(5, Buffer.concat([bytes(1, name), ...values.map((v) => int(8, v)), int(20, 7)]))

const INPUT = 11
const OUTPUT = 12

/** A dimension is a length, or a name where it differs from call to call. */
export type Dimension = number | string

const value = (field: number, name: string, type: number, dims: Dimension[]): Buffer => {
  const shape = dims.map((d) => bytes(1, typeof d === 'number' ? int(1, d) : bytes(2, d)))
  const tensorType = Buffer.concat([int(1, type), bytes(2, Buffer.concat(shape))])
  return bytes(field, Buffer.concat([bytes(1, name), bytes(2, bytes(1, tensorType))]))
}

export const input = (name: string, type: number, dims: Dimension[]): Buffer => value(INPUT, name, type, dims)
export const output = (name: string, type: number, dims: Dimension[]): Buffer =>
  value(OUTPUT, name, type, dims)

export const INT32 = 6

/** A whole model file from the parts of its graph and its metadata. */
export const model = (
  graphName: string,
  parts: Buffer[],
  metadata: Record<string, string>,
  opset = 17,
): Buffer =>
  Buffer.concat([
    int(1, 9),
    bytes(7, Buffer.concat([...parts, bytes(2, graphName)])),
    bytes(8, Buffer.concat([bytes(1, ''), int(2, opset)])),
    ...Object.entries(metadata).map(([k, v]) => bytes(14, Buffer.concat([bytes(1, k), bytes(2, v)]))),
  ])
