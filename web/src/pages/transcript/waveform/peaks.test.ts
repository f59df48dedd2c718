import { describe, expect, it } from 'vitest'
import { columnsOf, type Peaks, readPeaks } from './peaks.ts'

/** A data file of so many pairs, 10 a second. */
function file(pairs: readonly [number, number][]): Uint8Array {
  // As it comes out of a larger buffer.
  const bytes = new Uint8Array(8 + 24 + 2 * pairs.length).subarray(8)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  for (const [k, value] of [2, 1, 16_000, 1600, pairs.length, 1].entries()) view.setInt32(4 * k, value, true)
  for (const [k, [low, high]] of pairs.entries()) {
    view.setInt8(24 + 2 * k, low)
    view.setInt8(25 + 2 * k, high)
  }
  return bytes
}

describe('readPeaks', () => {
  it('measures each stretch by the loudest', () => {
    expect(
      readPeaks(
        file([
          [-50, 50],
          [-25, 25],
          [0, 0],
        ]),
      ),
    ).toEqual({
      perSecond: 10,
      levels: Uint8Array.of(255, 128, 0),
    })
  })
  it('does not make a noise of silence', () => {
    expect(readPeaks(file([[-1, 0]])).levels[0]).toBeLessThan(40)
    expect(readPeaks(file([])).levels).toHaveLength(0)
  })
})

describe('columnsOf', () => {
  const peaks: Peaks = {
    perSecond: 10,
    levels: Uint8Array.from({ length: 100 }, (_, k) => (k === 42 ? 255 : 0)),
  }
  it('loses no peak, however much a column holds', () => {
    expect([...columnsOf(peaks, { from: 0, to: 10 }, 5)]).toEqual([0, 0, 1, 0, 0])
    expect([...columnsOf(peaks, { from: 0, to: 10 }, 1)]).toEqual([1])
  })
  it('gives a stretch as many columns as there is room for', () => {
    expect([...columnsOf(peaks, { from: 4.1, to: 4.4 }, 6)]).toEqual([0, 0, 1, 1, 0, 0])
  })
  it('is silent beyond the end', () => {
    expect([...columnsOf(peaks, { from: 9, to: 12 }, 3)]).toEqual([0, 0, 0])
  })
})
