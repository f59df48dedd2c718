import { expect, it } from 'vitest'
import { BINS, melFilters } from './mel.ts'

/** Some rows as faster-whisper's `FeatureExtractor.get_mel_filters` has them: the first six bins that are not zero. */
const REFERENCE: Record<
  80 | 128,
  { sum: number; nonzero: number; rows: Record<number, [bin: number, values: number[]]> }
> = {
  80: {
    sum: 1.9990241,
    nonzero: 391,
    rows: {
      0: [1, [0.024862593984]],
      7: [7, [0.013935753217, 0.010926840767]],
      40: [42, [0.005411105099, 0.014735565741, 0.006518189695]],
      79: [
        186,
        [0.00036674168, 0.000833070023, 0.001299398366, 0.001765726709, 0.002232055053, 0.002698383396],
      ],
    },
  },
  128: {
    sum: 3.1909855,
    nonzero: 394,
    rows: {
      0: [1, [0.012373986333]],
      7: [5, [0.019103380459]],
      40: [24, [0.040376364759]],
      127: [
        191,
        [0.000475695083, 0.001617171731, 0.002758648379, 0.003900125027, 0.005041601675, 0.004457120795],
      ],
    },
  },
}

it.each([80, 128] as const)('%i filters are the reference’s', (mels) => {
  const filters = melFilters(mels)
  const { sum, nonzero, rows } = REFERENCE[mels]
  expect(filters.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 5)
  expect(filters.filter((value) => value > 0)).toHaveLength(nonzero)
  for (const [row, [first, values]] of Object.entries(rows)) {
    const own = [...filters.subarray(Number(row) * BINS, (Number(row) + 1) * BINS)]
    expect(own.findIndex((value) => value > 0)).toBe(first)
    values.forEach((value, i) => {
      expect(own[first + i]).toBeCloseTo(value, 8)
    })
  }
})
