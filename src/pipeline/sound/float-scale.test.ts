import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ffmpeg } from '../../../test/support/media.ts'
import { testFolder } from '../../../test/support/test-folder.ts'
import { toneAudio, toneProgramme, wav } from '../../../test/support/tone.ts'
import { decodeWhole } from '../decode.ts'
import { probe } from '../probe.ts'
import { scaleOf } from './float-scale.ts'

const folder = testFolder()
const SECONDS = 5
const pcm = toneAudio(toneProgramme(3, SECONDS), SECONDS)
let source: string
beforeAll(async () => {
  source = await folder.written('source.wav', wav(pcm))
})

/** The same sound, so many times as loud, as ffmpeg is told to write it. */
async function times(factor: number, name: string, ...how: string[]): Promise<string> {
  const path = join(folder.path, name)
  await ffmpeg(['-i', source, '-af', `aformat=sample_fmts=flt,volume=${factor}`, ...how, path])
  return path
}

const decoded = (path: string): Promise<Int16Array> => decodeWhole(path, { probed: probe(path) })

const loudest = (pcm: Int16Array): number => pcm.reduce((most, sample) => Math.max(most, sample), 0)

/** The largest difference of a sample. */
const off = (a: Int16Array, b: Int16Array): number =>
  a.reduce((most, sample, k) => Math.max(most, Math.abs(sample - b[k]!)), 0)

describe('floating-point samples with the numbers of whole samples', () => {
  it.each([
    ['of 16 bits', 2 ** 15, ['-c:a', 'pcm_f32le']],
    ['of 16 bits, in 64', 2 ** 15, ['-c:a', 'pcm_f64le']],
    ['of 16 bits, without a length', 2 ** 15, ['-c:a', 'pcm_f32le', '-f', 'wav', '-seekable', '0']],
    ['of 16 bits, as RF64', 2 ** 15, ['-c:a', 'pcm_f32le', '-rf64', 'always']],
    [
      'of 16 bits, with a title behind them',
      2 ** 15,
      ['-c:a', 'pcm_f32le', '-metadata', 'title=LISTLISTLIST'],
    ],
    ['of 24 bits', 2 ** 23, ['-c:a', 'pcm_f32le']],
    ['of 32 bits', 2 ** 31, ['-c:a', 'pcm_f64le']],
  ])('%s is heard as loud as it was', async (name, scale, how) => {
    const path = await times(scale, `${name.replaceAll(' ', '-')}.wav`, ...how)
    expect(await scaleOf(path)).toBe(scale)
    const heard = await decoded(path)
    expect(heard).toHaveLength(pcm.length)
    expect(off(heard, pcm)).toBeLessThanOrEqual(1)
  })

  it('of several channels, of which the header says more (WAVE_FORMAT_EXTENSIBLE)', async () => {
    const path = await times(2 ** 15, 'quad.wav', '-c:a', 'pcm_f32le', '-ac', '4')
    expect(await scaleOf(path)).toBe(2 ** 15)
    const heard = await decoded(path)
    expect(loudest(heard)).toBeLessThan(32_000)
  })

  it.each([
    ['aifc', 'pcm_f32be', 'aiff'],
    ['aifc', 'pcm_f64be', 'aiff'],
    ['caf', 'pcm_f32le', 'caf'],
    ['caf', 'pcm_f32be', 'caf'],
    ['caf', 'pcm_f64le', 'caf'],
    ['w64', 'pcm_f32le', 'w64'],
    ['w64', 'pcm_f64le', 'w64'],
    ['au', 'pcm_f32be', 'au'],
    ['au', 'pcm_f64be', 'au'],
  ])('in %s, as %s', async (extension, codec, format) => {
    const how = ['-c:a', codec, '-f', format]
    const path = await times(2 ** 15, `${codec}.${extension}`, ...how)
    expect(await scaleOf(path)).toBe(2 ** 15)
    expect(off(await decoded(path), pcm)).toBeLessThanOrEqual(1)
    expect(await scaleOf(await times(1, `as-it-should-be-${codec}.${extension}`, ...how))).toBe(1)
    expect(await scaleOf(await times(8, `loud-${codec}.${extension}`, ...how))).toBe(1)
  })

  it('that is almost silent', async () => {
    expect(await scaleOf(await times(2 ** 15 / 100, 'faint.wav', '-c:a', 'pcm_f32le'))).toBe(2 ** 15)
  })
})

it.each([
  ['as it should be', 1, ['-c:a', 'pcm_f32le']],
  ['mixed far too loud', 8, ['-c:a', 'pcm_f32le']],
  ['of whole samples', 1, ['-c:a', 'pcm_s24le']],
])('a WAV %s is heard as it is', async (name, factor, how) => {
  const path = await times(factor, `${name.replaceAll(' ', '-')}.wav`, ...how)
  expect(await scaleOf(path)).toBe(1)
  const heard = await decoded(path)
  if (factor === 1) expect(off(heard, pcm)).toBeLessThanOrEqual(1)
  else expect(loudest(heard)).toBe(32_767)
})

it('damage is no scale', async () => {
  const { readFile } = await import('node:fs/promises')
  const bytes = await readFile(await times(1, 'whole.wav', '-c:a', 'pcm_f32le'))
  for (let k = Math.floor(bytes.length / 2); k < bytes.length * 0.6; k++)
    bytes[k] = (k * 7919 + (k >> 3) * 31) & 255
  expect(await scaleOf(await folder.written('damaged.wav', bytes))).toBe(1)
})
