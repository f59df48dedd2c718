import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BYTES, dequantise, type NumberType, toFloat32 } from './numbers.ts'

/** The bits as they would lie in a file. */
function read(type: NumberType, bits: ArrayLike<number>): Float32Array {
  const Stored = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[BYTES[type]]!
  const stored = Stored.from(bits)
  return toFloat32(type, stored.length, (bytes) => bytes.set(new Uint8Array(stored.buffer)))
}

/** What IEEE 754 says of sign, exponent and fraction, of any width. */
function numberOf(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >>> (exponentBits + fractionBits) ? -1 : 1
  const exponent = (bits >>> fractionBits) & (2 ** exponentBits - 1)
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits
  const bias = 2 ** (exponentBits - 1) - 1
  if (exponent === 2 ** exponentBits - 1) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent ? sign * 2 ** (exponent - bias) * (1 + fraction) : sign * 2 ** (1 - bias) * fraction
}

const all16 = Array.from({ length: 65_536 }, (_, bits) => bits)

describe('numbers become float32', () => {
  it.each<[NumberType, number, number]>([
    ['float16', 5, 10],
    ['bfloat16', 8, 7],
  ])('every %s exactly', (type, exponent, fraction) => {
    expect(read(type, all16)).toEqual(Float32Array.from(all16, (bits) => numberOf(bits, exponent, fraction)))
  })

  it('from whole numbers and from themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (values) => {
        expect(read('int8', values)).toEqual(Float32Array.from(Int8Array.from(values)))
        expect(read('int16', values)).toEqual(Float32Array.from(Int16Array.from(values)))
        expect(read('int32', values)).toEqual(Float32Array.from(values))
        const floats = Float32Array.from(values, (value) => value / 7)
        expect(read('float32', new Uint32Array(floats.buffer))).toEqual(floats)
      }),
    )
  })

  it('a row at a time by their scales', () => {
    expect(dequantise(Float32Array.of(1, -2, 3, 4), Float32Array.of(0.5, 4), 'w')).toEqual(
      Float32Array.of(2, -4, 0.75, 1),
    )
    expect(() => dequantise(new Float32Array(4), new Float32Array(3), 'w')).toThrow(/3 scales for 4/)
    expect(() => dequantise(new Float32Array(4), Float32Array.of(0), 'w')).toThrow(/scale of 0/)
  })
})
