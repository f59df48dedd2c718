import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { scratch } from '../../../test/support/media.ts'
import { random, toneAudio, toneProgramme } from '../../../test/support/tone.ts'
import { BadFlac, decodeFlac, encodeFlac } from './flac.ts'

const noise = (length: number, loudness: number): Int16Array => {
  const next = random(7)
  return Int16Array.from({ length }, () => Math.round((next() * 2 - 1) * loudness))
}

const bytesOf = (pcm: Int16Array): Buffer => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)
const same = (a: Int16Array, b: Int16Array): boolean => bytesOf(a).equals(bytesOf(b))

const SOUNDS: Record<string, Int16Array> = {
  nothing: new Int16Array(0),
  'one sample': Int16Array.of(-5),
  'a few samples': Int16Array.of(1, -32_768, 32_767, 0, 0, 9),
  'a whole block': noise(4096, 300),
  'a block and one': noise(4097, 300),
  silence: new Int16Array(40_000),
  'the loudest noise': noise(50_000, 32_767),
  extremes: Int16Array.from({ length: 9000 }, (_, i) => (i % 2 === 0 ? 32_767 : -32_768)),
  tones: toneAudio(toneProgramme(5, 6), 6),
  'half a minute': toneAudio(toneProgramme(6, 30.013), 30.013),
}

it.each(Object.entries(SOUNDS))('%s comes back as it was', async (_, pcm) => {
  expect(same(await decodeFlac(await encodeFlac(pcm)), pcm)).toBe(true)
})

it('is FLAC to others', async () => {
  const { dir, dispose } = await scratch()
  try {
    for (const [name, pcm] of Object.entries(SOUNDS)) {
      if (pcm.length === 0) continue
      const path = join(dir, `${name}.flac`)
      await writeFile(path, await encodeFlac(pcm))
      const { stdout, stderr } = await promisify(execFile)(
        'ffmpeg',
        ['-v', 'warning', '-err_detect', 'crccheck+explode', '-i', path, '-f', 's16le', '-'],
        { encoding: 'buffer', maxBuffer: 1 << 24 },
      )
      expect(stderr.toString()).toBe('')
      expect(bytesOf(pcm).equals(stdout), name).toBe(true)
    }
  } finally {
    await dispose()
  }
})

it('refuses what is no FLAC, cut off, or damaged', async () => {
  const whole = await encodeFlac(SOUNDS.tones!)
  expect(whole.length).toBeLessThan(SOUNDS.tones!.byteLength)
  await expect(decodeFlac(new Uint8Array(0))).rejects.toThrow(BadFlac)
  await expect(decodeFlac(Buffer.from('RIFF and more of what is no FLAC'))).rejects.toThrow(BadFlac)
  const next = random(3)
  for (let trial = 0; trial < 60; trial++) {
    await expect(decodeFlac(whole.subarray(0, Math.floor(next() * whole.length)))).rejects.toThrow(BadFlac)
    const damaged = whole.slice()
    // From the sum in the head on: what is before is not needed to read it, but for the length.
    const at = 26 + Math.floor(next() * (whole.length - 26))
    damaged[at]! ^= 1 << Math.floor(next() * 8)
    try {
      expect(same(await decodeFlac(damaged), SOUNDS.tones!)).toBe(true)
    } catch (error) {
      expect(error).toBeInstanceOf(BadFlac)
    }
  }
})
