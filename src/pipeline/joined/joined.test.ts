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
import { recordingsIn } from './index.ts'

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

/** With a picture. */
const filmed = (kind: string): string => `-f lavfi -i testsrc=size=320x240:rate=25:duration=3 ${kind}`
const DVD = filmed('-map 0:a -map 1:v -c:v mpeg2video -c:a ac3')
const VIDEO_CD = filmed('-map 0:a -map 1:v -c:v mpeg1video -c:a mp2')

describe('MPEG program streams', () => {
  it.each([
    [
      'of one kind',
      [
        ['vob', DVD],
        ['vob', DVD],
        ['vob', DVD],
      ],
    ],
    [
      'of several kinds',
      [
        ['vob', DVD],
        ['mpg', VIDEO_CD],
        ['mpg', '-c:a mp2'],
      ],
    ],
    [
      'of several kinds, without a picture first',
      [
        ['mpg', '-c:a mp2'],
        ['mpg', VIDEO_CD],
        ['vob', DVD],
      ],
    ],
    [
      'between others',
      [
        ['mp3', '-c:a libmp3lame -ar 44100'],
        ['mpg', '-c:a mp2 -b:a 64k'],
        ['wav', ''],
      ],
    ],
    [
      'around others',
      [
        ['mpg', '-c:a mp2 -b:a 64k'],
        ['flac', ''],
        ['vob', DVD],
      ],
    ],
  ])('%s are all heard', async (_, kinds) => {
    const all = await Promise.all(kinds.map(([extension, kind]) => piece(extension!, kind!)))
    const { pcm, decoded } = await hear(await written('films.bin', Buffer.concat(all)))
    expectOnsets(pcm, at, 0.2)
    expect(decoded.missing).toEqual([])
    expect(decoded.cutOff).toEqual([])
  })
})

describe('a WAV whose length was never filled in', () => {
  it.each([0, 0xffff_ffff, 0x7fff_ff24])('of %i bytes: what follows is heard', async (length) => {
    const open = await piece('wav', '-ar 8000 -c:a pcm_u8')
    open.writeUInt32LE(length, 4)
    open.writeUInt32LE(length, open.indexOf('data') + 4)
    const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\x10\0\0', 'latin1'), Buffer.alloc(0x40000, 'A')])
    const mp3 = await piece('mp3', '-c:a libmp3lame -ar 44100 -id3v2_version 0')
    for (const next of [[await piece('flac', '')], [tag, mp3], [await piece('aac', '-c:a aac')], [open]]) {
      const path = await written('open.bin', Buffer.concat([open, ...next, await piece('wav', '')]))
      const { pcm, decoded } = await hear(path)
      expectOnsets(pcm, at, 0.2)
      expect(Math.abs(decoded.seconds - 9)).toBeLessThan(0.3)
    }
  })

  it('with frames in it is one recording', async () => {
    const open = await piece('wav', '-c:a libmp3lame -ar 44100')
    open.writeUInt32LE(0xffff_ffff, 4)
    open.writeUInt32LE(0xffff_ffff, open.indexOf('data') + 4)
    expect(await recordingsIn(await written('framed.wav', open))).toHaveLength(1)
  })
})

describe('what breaks off in the middle of a frame, page or packet', () => {
  it.each([
    ['mp3', '-c:a libmp3lame -ar 44100 -write_xing 0'],
    ['mp2', '-c:a mp2'],
    ['aac', '-c:a aac'],
    ['ac3', '-c:a ac3'],
    ['dts', '-c:a dca -strict -2'],
    ['ogg', '-c:a libvorbis'],
    ['opus', '-c:a libopus'],
    ['webm', '-c:a libopus -live 1'],
    ['mkv', '-c:a flac -live 1'],
    ['ts', '-c:a aac'],
    ['m2ts', '-c:a ac3 -mpegts_m2ts_mode 1'],
    ['flv', '-c:a libmp3lame -ar 44100'],
    ['mpg', '-c:a mp2'],
    ['vob', DVD],
  ])('%s: that is said, and what follows is heard', async (extension, kind) => {
    const whole = await piece(extension, kind)
    const flac = await piece('flac', '')
    const cut = whole.subarray(0, Math.round(whole.length * 0.73) | 1)
    expect((await hear(await written('whole.bin', whole))).decoded.cutOff).toEqual([])
    const alone = await hear(await written('cut.bin', cut))
    expectOnsets(alone.pcm, at.slice(0, 2), 0.2)
    expect(alone.decoded.cutOff).toEqual([alone.decoded.seconds])
    const first = await hear(await written('first.bin', Buffer.concat([cut, flac])))
    const end = first.decoded.cutOff[0]!
    expectOnsets(first.pcm, [0.5, 1.5, end + 0.5, end + 1.5], 0.2)
    const last = await hear(await written('last.bin', Buffer.concat([flac, cut])))
    expectOnsets(last.pcm, at.slice(0, 4), 0.2)
    expect(last.decoded.cutOff).toEqual([last.decoded.seconds])
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
    await expect(recordingsIn(many)).rejects.toMatchObject({ code: 'decode_failed' })
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
    expect(await recordingsIn(path)).toHaveLength(1)
    expectOnsets((await hear(path)).pcm, [0.5, 1.5], 0.1)
  })

  it('FLAC in Matroska without a length, and streams of one Ogg that begin together', async () => {
    const live = await written('f.mkv', await piece('mkv', '-c:a flac -live 1'))
    expect(await recordingsIn(live)).toHaveLength(1)
    const two = join(folder.path, 'two.ogg')
    await ffmpeg(['-i', source, '-map', '0', '-map', '0', '-c:a', 'libvorbis', two])
    expect(await recordingsIn(two)).toHaveLength(1)
  })
})
