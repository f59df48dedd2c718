/** Recordings put end to end in one file. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { beeps, expectOnsets, onsets } from '../../../test/support/beeps.ts'
import { ffmpeg } from '../../../test/support/media.ts'
import { testFolder } from '../../../test/support/test-folder.ts'
import { toneAudio, wav } from '../../../test/support/tone.ts'
import { decodeWhole } from '../decode.ts'
import type { Decoded } from '../decode-options.ts'
import { probe } from '../probe.ts'
import { joinedIn } from './index.ts'

const folder = testFolder()
const { written } = folder
const at = [0.5, 1.5, 3.5, 4.5, 6.5, 7.5]
const FRAGMENTS = '-c:a aac -movflags +frag_keyframe+empty_moov'

let source: string
beforeAll(async () => {
  source = await written('three.wav', wav(toneAudio(beeps(0.5, 1.5), 3, 48_000), 48_000))
})

const made = new Map<string, Promise<Buffer>>()

/** Three seconds, encoded. */
function piece(extension: string, kind: string): Promise<Buffer> {
  const key = `${extension} ${kind}`
  const found = made.get(key) ?? encoded(extension, kind)
  made.set(key, found)
  return found.then((bytes) => Buffer.from(bytes))
}

async function encoded(extension: string, kind: string): Promise<Buffer> {
  const path = join(folder.path, `${Buffer.from(kind).toString('hex')}.${extension}`)
  await ffmpeg(['-i', source, ...kind.split(' ').filter(Boolean), path])
  return readFile(path)
}

const pieces = (extension: string, kinds: readonly string[]): Promise<Buffer[]> =>
  Promise.all(kinds.map((kind) => piece(extension, kind)))

async function hear(path: string, track?: number): Promise<{ pcm: Int16Array; decoded: Decoded }> {
  let decoded: Decoded | undefined
  const onEnd = (all: Decoded): void => {
    decoded = all
  }
  const pcm = await decodeWhole(path, { probed: probe(path), onEnd, ...(track && { track }) })
  return { pcm, decoded: decoded! }
}

describe('all are heard, though the first says where it ends', () => {
  it.each([
    ['m4a', ['-c:a aac', '-c:a aac -ar 22050 -ac 2', '-c:a alac']],
    ['mp4', [FRAGMENTS, FRAGMENTS, '-c:a aac']],
    ['aiff', ['', '-ar 22050', '-ac 2']],
    ['caf', ['', '-c:a alac', '']],
    ['flv', ['-c:a aac', '-c:a libmp3lame -ar 44100', '-c:a aac']],
    ['tta', ['', '', '']],
    ['wv', ['', '-ac 2', '-ar 22050']],
    ['flac', ['-ar 44100', '-ar 16000', '-ac 2']],
    ['wav', ['-ar 44100', '-ar 16000 -c:a pcm_u8', '-c:a libgsm_ms -ar 8000']],
    ['webm', ['-live 1 -c:a libopus', '-c:a libvorbis', '-c:a libopus']],
    ['mkv', ['-c:a flac', '-c:a aac', '-c:a libmp3lame']],
    ['ogg', ['-c:a libvorbis -ar 44100', '-c:a libopus', '-c:a flac']],
    ['avi', ['-c:a pcm_s16le', '-c:a libmp3lame', '-c:a pcm_s16le']],
    ['wma', ['-c:a wmav2', '-c:a wmav2 -ar 22050', '-c:a wmav2']],
    ['au', ['', '', '']],
    ['w64', ['', '', '']],
    ['nut', ['-c:a libmp3lame', '-c:a libmp3lame', '-c:a libmp3lame']],
  ])('%s', async (extension, kinds) => {
    const path = await written(`joined.${extension}`, Buffer.concat(await pieces(extension, kinds)))
    const { pcm, decoded } = await hear(path)
    // Encoders put up to 60 ms of their own before and behind each piece.
    expectOnsets(pcm, at, 0.2)
    expect(Math.abs(decoded.seconds - 9)).toBeLessThan(0.3)
    expect(decoded.missing).toEqual([])
  })

  it('of different kinds, with tags, zeros and rubbish between them', async () => {
    const [a, b, c] = await Promise.all([piece('flac', ''), piece('m4a', '-c:a aac'), piece('wv', '')])
    const tag = Buffer.from('TAG'.padEnd(128, ' '))
    for (const [k, between] of [tag, Buffer.alloc(5000), Buffer.from('rubbish '.repeat(99))].entries()) {
      const path = await written(`mixed-${k}.bin`, Buffer.concat([a, between, b, between, c, between]))
      expectOnsets((await hear(path)).pcm, at, 0.2)
    }
  })

  // No file format, but frames or packets: where they begin and end shows in several of them only.
  const chain: [string, string][] = [
    ['mp3', '-c:a libmp3lame -ar 44100'],
    ['flac', ''],
    ['aac', '-c:a aac'],
    ['m4a', '-c:a aac'],
    ['mp3', '-c:a libmp3lame -ar 22050 -q:a 5 -write_xing 0 -id3v2_version 0'],
    ['webm', '-live 1 -c:a libopus'],
    ['ac3', '-c:a ac3'],
    ['ts', '-c:a mp2'],
    ['mp2', '-c:a mp2'],
    ['wav', ''],
    ['eac3', '-c:a eac3'],
    ['ogg', '-c:a libvorbis'],
    ['dts', '-c:a dca -strict -2 -ar 48000'],
    ['m2ts', '-c:a aac -mpegts_m2ts_mode 1'],
    ['flv', '-c:a libmp3lame -ar 44100'],
  ]
  it.each([
    ['one way', chain],
    ['the other way', chain.toReversed()],
  ])('MP3, AAC, AC-3, DTS and transport streams between other kinds, %s', async (_, kinds) => {
    const all = await Promise.all(kinds.map(([extension, kind]) => piece(extension, kind)))
    const { pcm, decoded } = await hear(await written('frames.bin', Buffer.concat(all)))
    // Each codec adds up to 60 ms of its own.
    const found = onsets(pcm)
    expect(found.map((t) => Math.round(t))).toHaveLength(2 * kinds.length)
    for (const [k, time] of found.entries())
      expect(Math.abs(time - 3 * (k >> 1) - 0.5 - (k & 1)), `${k}: ${time}`).toBeLessThan(0.7)
    expect(decoded.missing).toEqual([])
  })

  it('MP3 that is damaged between other kinds, at true times and with a warning', async () => {
    const [mp3, flac] = await Promise.all([piece('mp3', '-c:a libmp3lame -ar 44100'), piece('flac', '')])
    mp3.fill(0x55, Math.round(mp3.length * 0.7), Math.round(mp3.length * 0.8))
    const { pcm, decoded } = await hear(await written('damaged.bin', Buffer.concat([flac, mp3, flac])))
    expectOnsets(pcm, at, 0.2)
    expect(decoded.missing.map(({ start, end }) => [Math.round(start), Math.round(end)])).toEqual([[5, 5]])
  })

  it('a track that not all of them have, where they have it', async () => {
    const two = join(folder.path, 'two.mkv')
    await ffmpeg(['-f', 'lavfi', '-i', 'anullsrc=d=3', '-i', source, '-map', '0', '-map', '1', two])
    const path = await written('tracks.mkv', Buffer.concat([await readFile(two), await piece('mkv', '')]))
    const { pcm, decoded } = await hear(path, 2)
    expectOnsets(pcm, at.slice(0, 4), 0.2)
    expect(decoded.track).toBe(2)
  })
})

describe('what cannot be read', () => {
  it('is said, and the others are heard, at their times where its length is known', async () => {
    const [a, b, c] = await pieces('wv', ['', '', ''])
    b!.fill(0xaa, 60, b!.length - 10)
    const { pcm, decoded } = await hear(await written('broken.wv', Buffer.concat([a!, b!, c!])))
    expectOnsets(pcm, [0.5, 1.5, 6.5, 7.5], 0.1)
    expect(decoded.missing).toHaveLength(1)
    expect(decoded.missing[0]!.start).toBeLessThanOrEqual(4)
    expect(decoded.missing[0]!.end).toBe(6)
    const [d, e, f] = await pieces('caf', ['', '', ''])
    e!.fill(0xaa, 60)
    const { pcm: rest, decoded: said } = await hear(await written('b.caf', Buffer.concat([d!, e!, f!])))
    expectOnsets(rest, [0.5, 1.5, 3.5, 4.5], 0.1)
    expect(said.missing).toEqual([{ start: 3, end: 3 }])
  })

  it('ends it where the last is cut off, and where there is too much of it', async () => {
    const whole = await piece('m4a', '-c:a aac -movflags +faststart')
    const cut = await written('cut.m4a', Buffer.concat([whole, whole.subarray(0, whole.length * 0.6)]))
    await expect(hear(cut)).rejects.toMatchObject({ code: 'truncated' })
    const two = await written('two.m4a', Buffer.concat([whole, whole]))
    await expect(decodeWhole(two, { probed: probe(two), maxSeconds: 5 })).rejects.toMatchObject({
      code: 'too_long',
      message: expect.stringContaining('5 seconds'),
    })
    const empty = wav(new Int16Array(16))
    const many = await written('many.wav', Buffer.concat(Array.from({ length: 1001 }, () => empty)))
    await expect(joinedIn(many)).rejects.toMatchObject({ code: 'decode_failed' })
  })
})

describe('what is one recording', () => {
  it('a broadcast in fragments whose header comes again before each', async () => {
    const list = join(folder.path, 'live.m3u8')
    const segments = ['-f', 'hls', '-hls_segment_type', 'fmp4', '-hls_time', '1', '-hls_list_size', '0']
    await ffmpeg(['-i', source, '-c:a', 'aac', ...segments, list])
    const header = await readFile(join(folder.path, 'init.mp4'))
    const parts = await Promise.all([0, 1, 2].map((k) => readFile(join(folder.path, `live${k}.m4s`))))
    const path = await written('live.mp4', Buffer.concat(parts.flatMap((part) => [header, part])))
    expect(await joinedIn(path)).toEqual([])
    expectOnsets((await hear(path)).pcm, [0.5, 1.5], 0.1)
  })

  it('FLAC in Matroska without a length, and streams of one Ogg that begin together', async () => {
    expect(await joinedIn(await written('f.mkv', await piece('mkv', '-c:a flac -live 1')))).toEqual([])
    const two = join(folder.path, 'two.ogg')
    await ffmpeg(['-i', source, '-map', '0', '-map', '0', '-c:a', 'libvorbis', two])
    expect(await joinedIn(two)).toEqual([])
  })
})
