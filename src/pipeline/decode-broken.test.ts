/** What is damaged, ends badly, or is not there yet. */
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beeps, expectOnsets, onsets } from '../../test/support/beeps.ts'
import { ffmpeg, makeMedia } from '../../test/support/media.ts'
import { testFolder } from '../../test/support/test-folder.ts'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { decode, decodeWhole } from './decode.ts'
import type { DecodeOptions } from './decode-options.ts'
import { probe } from './probe.ts'

const folder = testFolder()
const { written } = folder

describe('damage in the middle', () => {
  const at = Array.from({ length: 30 }, (_, k) => 0.5 + k)
  it.each(['mp3', 'm4a', 'ogg', 'flac', 'mkv'] as const)(
    'of %s: the rest is heard, and what is missing is said',
    async (format) => {
      const path = await makeMedia(folder.path, toneAudio(beeps(...at), 31), {
        format,
        rate: 44_100,
        name: `damaged-${format}`,
      })
      const bytes = await readFile(path)
      bytes.fill(0, Math.floor(bytes.length * 0.48), Math.floor(bytes.length * 0.54))
      await writeFile(path, bytes)
      let missing: { start: number; end: number }[] = []
      const onEnd = (decoded: { missing: typeof missing }): void => {
        missing = decoded.missing
      }
      const pcm = await decodeWhole(path, { probed: probe(path), onEnd })
      expect(onsets(pcm).length).toBeGreaterThan(24)
      expect(missing.length).toBeGreaterThan(0)
      for (const { start, end } of missing) {
        expect(start).toBeGreaterThan(13)
        expect(end).toBeLessThan(22)
        expect(end).toBeGreaterThan(start)
      }
    },
  )
})

it.each([
  ['zeros', () => 0],
  ['rubbish', (i: number) => (i * 7919 + (i >> 3)) & 255],
])('damage in the middle of WavPack, %s: the rest is heard at its times', async (how, fill) => {
  const at = Array.from({ length: 30 }, (_, k) => 0.5 + k)
  const source = await written('whole.wav', wav(toneAudio(beeps(...at), 31)))
  const whole = join(folder.path, 'whole.wv')
  await ffmpeg(['-i', source, '-ar', '44100', whole])
  const bytes = await readFile(whole)
  for (let i = Math.floor(bytes.length * 0.5); i < bytes.length * 0.54; i++) bytes[i] = fill(i)
  const path = await written(`${how}.wv`, bytes)
  let missing: { start: number; end: number }[] = []
  const onEnd = (decoded: { missing: typeof missing }): void => {
    missing = decoded.missing
  }
  const heard = onsets(await decodeWhole(path, { probed: probe(path), onEnd }))
  for (const [k, expected] of at.slice(-10).entries()) expect(heard.at(k - 10)).toBeCloseTo(expected, 1)
  expect(missing).toHaveLength(1)
  expect(missing[0]!.start).toBeGreaterThan(12)
  expect(missing[0]!.end).toBeLessThan(20)
})

describe('damage in the middle of AVI: the rest is heard at its times', () => {
  const at = Array.from({ length: 30 }, (_, k) => 0.5 + k)
  const video = '-f lavfi -i testsrc=size=320x240:rate=25:duration=31 -map 0:a -map 1:v -c:v mpeg4'
  const rubbish = (i: number): number => (i * 7919 + (i >> 3) * 31) & 255

  /** Counted from the start of the file, as some writers do, instead of from the sound and pictures. */
  function countFromStart(avi: Buffer): void {
    const [movi, index] = [avi.indexOf('movi'), avi.lastIndexOf('idx1')]
    for (let k = index + 8; k < index + 8 + avi.readUInt32LE(index + 4); k += 16)
      avi.writeUInt32LE(avi.readUInt32LE(k + 8) + movi, k + 8)
  }

  it.each([
    ['samples', '-c:a pcm_s16le', false],
    ['samples of 8 bits, an index that counts from the start', '-c:a pcm_u8', true],
    ['AC-3', '-c:a ac3', false],
    ['samples beside a picture', `${video} -c:a pcm_s16le`, false],
    ['MP3 beside a picture', `${video} -c:a libmp3lame`, false],
  ])('%s', async (_, kind, fromStart) => {
    const source = await written('whole.wav', wav(toneAudio(beeps(...at), 31)))
    const whole = join(folder.path, 'whole.avi')
    await ffmpeg(['-i', source, ...kind.split(' '), '-ar', '44100', whole])
    for (const fill of [() => 0, rubbish]) {
      const bytes = await readFile(whole)
      if (fromStart) countFromStart(bytes)
      for (const share of [0.3, 0.6])
        for (let i = Math.floor(bytes.length * share); i < bytes.length * (share + 0.04); i++)
          bytes[i] = fill(i)
      const path = await written('damaged.avi', bytes)
      let missing: { start: number; end: number }[] = []
      const onEnd = (decoded: { missing: typeof missing }): void => {
        missing = decoded.missing
      }
      const pcm = await decodeWhole(path, { probed: probe(path), onEnd })
      // What a broken place begins with may be noise: no header there shows that it is broken.
      const heard = onsets(pcm)
      for (const second of at.filter((t) => t < 8 || (t > 12 && t < 17) || t > 22))
        expect(
          heard.some((t) => Math.abs(t - second) < 0.1),
          String(second),
        ).toBe(true)
      expect(missing.map(({ start, end }) => [Math.round(start / 3.1), Math.round(end - start)])).toEqual([
        [3, 1],
        [6, 1],
      ])
      for (const { start, end } of missing)
        expect(pcm.subarray(start * 16_000 + 800, end * 16_000 - 800).every((x) => Math.abs(x) < 400)).toBe(
          true,
        )
    }
  })

  it('not with an index that is of another file', async () => {
    const source = await written('whole.wav', wav(toneAudio(beeps(...at), 31)))
    const whole = join(folder.path, 'odd.avi')
    await ffmpeg(['-i', source, '-c:a', 'pcm_s16le', whole])
    const bytes = await readFile(whole)
    const index = bytes.lastIndexOf('idx1')
    for (let k = index + 16; k < bytes.length - 4; k += 16) bytes.writeUInt32LE(bytes.readUInt32LE(k) + 6, k)
    const path = await written('odd-index.avi', bytes)
    expectOnsets(await decodeWhole(path, { probed: probe(path) }), at)
  })
})

describe('damage in a format without times', () => {
  const at = Array.from({ length: 30 }, (_, k) => 0.5 + k)
  const rubbish = (i: number): number => (i * 7919 + (i >> 3)) & 255
  const codecs: [string, string[]][] = [
    ['mp3', ['-c:a', 'libmp3lame', '-q:a', '5']],
    ['mp2', ['-c:a', 'mp2']],
    ['aac', ['-c:a', 'aac']],
    ['ac3', ['-c:a', 'ac3']],
    ['eac3', ['-c:a', 'eac3']],
  ]

  it.each(codecs)('of %s: what comes behind it keeps its times', async (format, codec) => {
    const source = await written('whole.wav', wav(toneAudio(beeps(...at), 31)))
    const whole = join(folder.path, `whole.${format}`)
    await ffmpeg(['-i', source, '-ar', '44100', ...codec, whole])
    for (const [how, fill] of [
      ['zeros', () => 0],
      ['rubbish', rubbish],
    ] as const) {
      const bytes = await readFile(whole)
      for (const share of [0.3, 0.6])
        for (let i = Math.floor(bytes.length * share); i < bytes.length * (share + 0.04); i++)
          bytes[i] = fill(i)
      const path = await written(`${how}.${format}`, bytes)
      let missing: { start: number; end: number }[] = []
      const onEnd = (decoded: { missing: typeof missing }): void => {
        missing = decoded.missing
      }
      const heard = onsets(await decodeWhole(path, { probed: probe(path), onEnd }))
      for (const [k, expected] of at.slice(-8).entries())
        expect(Math.abs(heard.at(k - 8)! - expected), `${how}: ${heard.at(k - 8)}`).toBeLessThan(0.2)
      expect(missing.map(({ start, end }) => [Math.round(start / 3.1), Math.round(end - start)])).toEqual([
        [3, 1],
        [6, 1],
      ])
    }
  })
})

describe('what ends badly', () => {
  const pcm = toneAudio(beeps(1, 5, 9, 13, 17), 20)
  const fault = (path: string, options: DecodeOptions = {}) =>
    decodeWhole(path, options).then(
      (all) => all.length / 16_000,
      (e: { code?: string; message: string }) => e.code ?? e.message,
    )

  it.each(['flac', 'webm', 'mkv'] as const)('a %s that is cut off', async (format) => {
    const whole = await makeMedia(folder.path, pcm, { format })
    const probed = await probe(whole)
    const bytes = await readFile(whole)
    const cut = await written(`cut.${format}`, bytes.subarray(0, bytes.length * 0.7))
    expect(await fault(cut, { probed })).toBe('truncated')
    expect(await fault(whole, { probed })).toBeCloseTo(20, 0)
  })

  it.each(['avi', 'caf', 'aiff', 'wma', 'au'])('a %s that is cut off', async (extension) => {
    const source = await written('20.wav', wav(pcm, 16_000))
    const whole = join(folder.path, `whole.${extension}`)
    await ffmpeg(['-i', source, ...(extension === 'caf' ? ['-c:a', 'alac'] : []), whole])
    expect((await probe(whole)).durationSeconds).toBeCloseTo(20, 0)
    const bytes = await readFile(whole)
    const cut = await written(`cut.${extension}`, bytes.subarray(0, bytes.length * 0.7))
    await expect(probe(cut)).rejects.toMatchObject({ code: 'truncated' })
  })

  it('an MP4 with its table first that is cut off', async () => {
    const whole = await makeMedia(folder.path, pcm, {
      format: 'mp4',
      extra: ['-movflags', '+faststart'],
      name: 'f',
    })
    const bytes = await readFile(whole)
    const cut = await written('cut.mp4', bytes.subarray(0, bytes.length * 0.6))
    const probed = await probe(cut)
    expect(await fault(cut, { probed })).toBe('truncated')
  })

  it('not a healthy file whose header is a little off', async () => {
    const vbr = await makeMedia(folder.path, pcm, { format: 'mp3', extra: ['-q:a', '6', '-write_xing', '0'] })
    const longer = join(folder.path, 'longer.mp4')
    const video = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=40']
    await ffmpeg(['-i', vbr, ...video, longer])
    for (const path of [vbr, longer]) {
      const probed = await probe(path)
      expect(await fault(path, { probed })).toBeCloseTo(20, 0)
    }
  })

  it('too much sound, no sound, no media', async () => {
    const path = await written('long.wav', wav(pcm))
    expect(await fault(path, { maxSeconds: 19 })).toBe('too_long')
    expect(await fault(path, { maxSeconds: 20 })).toBe(20)
    const silent = join(folder.path, 'silent.mp4')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=1', silent])
    expect(await fault(silent)).toBe('no_audio')
    expect(await fault(await written('text.txt', Buffer.from('text '.repeat(400))))).toBe('not_media')
    expect(await fault(path, { ffmpeg: 'no-such-ffmpeg' })).toMatch(/no-such-ffmpeg cannot be started/)
  })
})

it.each(['ac3', 'eac3', 'dts'])('true times at the end of a long bare %s stream', async (format) => {
  const source = await written('long.wav', wav(toneAudio(beeps(1, 290), 300)))
  const path = join(folder.path, `long.${format}`)
  await ffmpeg([
    '-i',
    source,
    '-ar',
    '44100',
    '-strict',
    '-2',
    '-b:a',
    format === 'dts' ? '768k' : '192k',
    path,
  ])
  const probed = await probe(path)
  expect(probed.counted).toBe(true)
  expectOnsets(await decodeWhole(path, { probed }), [1, 290])
})

describe('a file that is still being written', () => {
  const spoken = toneAudio(beeps(0.5, 3, 6.25), 10)
  /** In small pieces, as they come over a network. */
  async function* piecemeal(path: string): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(path, { highWaterMark: 10_000 })) yield chunk as Buffer
  }
  it.each(['wav', 'webm', 'flac', 'ogg', 'mkv'] as const)('gives the same sound in %s', async (format) => {
    const path = await makeMedia(folder.path, spoken, { format, name: `piecemeal-${format}` })
    expect(await decodeWhole(piecemeal(path))).toEqual(await decodeWhole(path))
  })

  it('gives the same sound in mp3, and the padding that only the whole file tells', async () => {
    const path = await makeMedia(folder.path, spoken, { format: 'mp3', name: 'piecemeal-mp3' })
    const [grown, whole] = [await decodeWhole(piecemeal(path)), await decodeWhole(path)]
    expect(grown.subarray(0, whole.length - 100)).toEqual(whole.subarray(0, whole.length - 100))
    expect(grown.length - whole.length).toBeLessThan(0.1 * 16_000)
  })

  it.each([
    ['its table first', '+faststart'],
    ['fragments', '+frag_keyframe+empty_moov'],
    ['fragments and one index, as YouTube serves it', '+dash+global_sidx'],
  ])('gives the same sound in MP4 with %s', async (_, flags) => {
    const source = await makeMedia(folder.path, spoken, { format: 'm4a', name: 'source' })
    const path = join(folder.path, `piecemeal${flags}.m4a`)
    await ffmpeg(['-i', source, '-c', 'copy', '-movflags', flags, path])
    expect(await decodeWhole(piecemeal(path))).toEqual(await decodeWhole(path))
  })

  it('in MP4 with its table at the end cannot be read yet', async () => {
    const path = await makeMedia(folder.path, spoken, { format: 'm4a', name: 'table-last' })
    await expect(decodeWhole(piecemeal(path))).rejects.toMatchObject({ name: 'MediaError' })
  })

  it('fails with what its writer fails with', async () => {
    const path = await makeMedia(folder.path, spoken, { format: 'flac', name: 'failing' })
    const failing = async function* (): AsyncGenerator<Buffer> {
      yield (await readFile(path)).subarray(0, 5000)
      throw new Error('the platform hung up')
    }
    await expect(decodeWhole(failing())).rejects.toThrow('the platform hung up')
  })
})

describe('the reader', () => {
  it('is waited for, and ffmpeg ends when it leaves', async () => {
    const long = join(folder.path, 'hours.flac')
    await ffmpeg(['-f', 'lavfi', '-i', 'sine=frequency=300:duration=7200', '-ar', '16000', long])
    const before = process.memoryUsage().rss
    const reader = decode(long, { stallMs: 2000 })
    await reader.next()
    await new Promise((resolve) => setTimeout(resolve, 2500)) // longer than the stall limit: we are the slow one
    expect((await reader.next()).done).toBe(false)
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6)
    await reader.return(undefined)
  })

  it('that aborts gets its own reason', async () => {
    const path = await written('abort.wav', wav(toneAudio([], 600)))
    const stop = new AbortController()
    const reader = decode(path, { signal: stop.signal })
    await reader.next()
    stop.abort(new Error('enough'))
    const rest = (async () => {
      for await (const _ of reader);
    })()
    await expect(rest).rejects.toThrow('enough')
    await expect(decode(path, { signal: stop.signal }).next()).rejects.toThrow('enough')
  })
})
