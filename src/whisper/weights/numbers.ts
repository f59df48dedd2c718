/** Numbers as weights are stored, made float32. Everything is little-endian, as are the machines this runs on. */
import { WeightsError } from './weights.ts'

export type NumberType = 'float32' | 'float16' | 'bfloat16' | 'int8' | 'int16' | 'int32'

export const BYTES: Readonly<Record<NumberType, number>> = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int8: 1,
  int16: 2,
  int32: 4,
}

/**
 * @param fill writes the stored numbers' bytes into the array it is given
 *
 * The stored numbers lie at the end of the memory that will hold the result, and are widened from the front: number k
 * is written at byte 4k, never beyond those yet to be read. So half-precision weights need no second copy.
 */
export function toFloat32(type: NumberType, count: number, fill: (bytes: Uint8Array) => void): Float32Array {
  const memory = new ArrayBuffer(count * 4)
  const bytes = count * BYTES[type]
  const start = memory.byteLength - bytes
  fill(new Uint8Array(memory, start, bytes))
  const out = new Float32Array(memory)
  switch (type) {
    case 'float32':
      break
    case 'float16':
      widenHalves(new Uint16Array(memory, start, count), out)
      break
    case 'bfloat16': {
      const stored = new Uint16Array(memory, start, count)
      const bits = new Uint32Array(memory)
      for (let i = 0; i < count; i++) bits[i] = stored[i]! << 16
      break
    }
    default: {
      const Stored = { int8: Int8Array, int16: Int16Array, int32: Int32Array }[type]
      const stored = new Stored(memory, start, count)
      for (let i = 0; i < count; i++) out[i] = stored[i]!
    }
  }
  return out
}

/** Divides each row by its scale, as CTranslate2 does: by multiplying by the reciprocal in float32. */
export function dequantise(values: Float32Array, scales: Float32Array, name: string): Float32Array {
  if (scales.length === 0 || values.length % scales.length !== 0)
    throw new WeightsError(
      `${name} has ${scales.length} scales for ${values.length} numbers: the file is damaged; fetch it again`,
    )
  const depth = values.length / scales.length
  for (let row = 0; row < scales.length; row++) {
    const factor = Math.fround(1 / scales[row]!)
    if (!Number.isFinite(factor))
      throw new WeightsError(`${name} has a scale of ${scales[row]}: the file is damaged; fetch it again`)
    for (let i = row * depth; i < (row + 1) * depth; i++) values[i] = values[i]! * factor
  }
  return values
}

/** By table: a float16 has only 65,536 values. Base's 145 MB take about 0.2 s, reading included. */
function widenHalves(halves: Uint16Array, out: Float32Array): void {
  table ??= halfTable()
  const values = table
  for (let i = 0; i < halves.length; i++) out[i] = values[halves[i]!]!
}

let table: Float32Array | undefined

function halfTable(): Float32Array {
  return Float32Array.from({ length: 65_536 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1
    const exponent = (bits >> 10) & 31
    const fraction = bits & 1023
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024))
  })
}
