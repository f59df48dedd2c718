import { describe, expect, it } from 'vitest'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { bothChannels, Peaks } from './peaks.ts'

/** As audiowaveform's documentation describes the file. */
function read(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const [version, flags, sampleRate, samplesPerPixel, length, channels] = Array.from({ length: 6 }, (_, k) =>
    view.getInt32(4 * k, true),
  )
  const pairs = Array.from({ length: length! }, (_, k) => [
    view.getInt8(24 + 2 * k),
    view.getInt8(25 + 2 * k),
  ])
  return { version, flags, sampleRate, samplesPerPixel, length, channels, pairs, bytes: file.byteLength }
}

const level = (samples: number, value: number): Int16Array => new Int16Array(samples).fill(value)

function peaksOf(...chunks: Int16Array[]): Uint8Array {
  const peaks = new Peaks()
  for (const chunk of chunks) peaks.add(chunk)
  return peaks.file()
}

describe('Peaks', () => {
  it('gives the lowest and the highest of each 20 ms, however the sound is cut', () => {
    const sound = Int16Array.from({ length: 1000 }, (_, k) =>
      k < 320 ? 256 * 10 : k < 640 ? -256 * 20 : 512,
    )
    const whole = read(peaksOf(sound))
    expect(whole).toMatchObject({
      ...{ version: 2, flags: 1, sampleRate: SAMPLE_RATE, channels: 1, samplesPerPixel: 320, length: 4 },
      pairs: [
        [0, 10],
        [-20, 0],
        [0, 2],
        [0, 2],
      ],
      bytes: 24 + 8,
    })
    for (const cut of [1, 319, 320, 321, 999])
      expect(read(peaksOf(sound.subarray(0, cut), sound.subarray(cut)))).toEqual(whole)
  })

  it('has the ends of the scale, and nothing of no sound', () => {
    expect(read(peaksOf(Int16Array.of(-32768, 32767))).pairs).toEqual([[-128, 127]])
    expect(read(peaksOf())).toMatchObject({ length: 0, bytes: 24 })
  })

  it('stays small however long the recording, and every peak is still there', () => {
    const peaks = new Peaks()
    const hours = 4
    for (let second = 0; second < hours * 3600; second++)
      peaks.add(level(SAMPLE_RATE, second % 1000 === 500 ? 256 * 100 : 256))
    const { samplesPerPixel, length, pairs, bytes } = read(peaks.file())
    expect(bytes).toBeLessThan(601_000)
    expect(length! * samplesPerPixel!).toBe(hours * 3600 * SAMPLE_RATE)
    const loud = pairs.flatMap(([, high], k) => (high === 100 ? [(k * samplesPerPixel!) / SAMPLE_RATE] : []))
    expect(new Set(loud.map((at) => Math.round(at / 1000)))).toHaveLength(
      Math.ceil((hours * 3600 - 500) / 1000),
    )
  })
})

it('draws both channels of a call as one', () => {
  const both = read(
    bothChannels(peaksOf(level(320, 2560), level(320, 0)), peaksOf(level(640, -2560), level(5, 256))),
  )
  expect(both).toMatchObject({
    length: 3,
    pairs: [
      [-10, 10],
      [-10, 0],
      [0, 1],
    ],
  })
})
