import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpeg, makeMedia, scratch } from '../../test/support/media.ts'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { type DecodeOptions, decode, decodeWhole } from './decode.ts'
import { probe } from './probe.ts'

let dir: string
let dispose: () => Promise<void>
beforeAll(async () => ({ dir, dispose } = await scratch()))
afterAll(() => dispose())

/** Starts of the sounds in PCM, in seconds: where its level rises after silence. */
function onsets(pcm: Int16Array): number[] {
  const found: number[] = []
  let quiet = 1600
  pcm.forEach((sample, i) => {
    if (Math.abs(sample) < 1000) quiet++
    else {
      if (quiet > 800) found.push(i / 16_000)
      quiet = 0
    }
  })
  return found
}

const beeps = (...at: number[]) => at.map((second) => ({ word: 'three', at: second }) as const)
const expectOnsets = (pcm: Int16Array, expected: number[], within = 0.025): void => {
  const found = onsets(pcm)
  expect(found.map((t) => Math.round(t * 100) / 100)).toHaveLength(expected.length)
  for (const [i, t] of expected.entries())
    expect(Math.abs(found[i]! - t), `beep ${i} at ${found[i]}`).toBeLessThan(within)
}
const written = async (name: string, content: Buffer): Promise<string> => {
  const path = join(dir, name)
  await writeFile(path, content)
  return path
}

describe('true times', () => {
  const at = [0.5, 3, 6.25, 9]
  const pcm = toneAudio(beeps(...at), 10)

  it('of 16 kHz mono WAV, sample by sample', async () => {
    expect(await decodeWhole(await written('same.wav', wav(pcm)))).toEqual(pcm)
  })

  it.each(['mp3', 'mp4', 'm4a', 'webm', 'flac', 'ogg', 'mkv'] as const)('in %s', async (format) => {
    const path = await makeMedia(dir, pcm, { format, rate: 44_100, channels: 2 })
    expectOnsets(await decodeWhole(path), at)
  })

  it('where the sound starts after the picture', async () => {
    const source = await written('source.wav', wav(pcm))
    const video = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=25:duration=13']
    for (const name of ['late.mp4', 'late.mkv', 'late.ts']) {
      const path = join(dir, name)
      await ffmpeg([...video, '-itsoffset', '2.5', '-i', source, '-map', '0:v', '-map', '1:a', path])
      expectOnsets(
        await decodeWhole(path, { probed: probe(path) }),
        at.map((t) => t + 2.5),
        0.04,
      )
    }
  })

  it('where an edit list skips the beginning', async () => {
    const whole = await makeMedia(dir, pcm, { format: 'm4a', name: 'whole' })
    const path = join(dir, 'edited.m4a')
    await ffmpeg(['-ss', '2', '-i', whole, '-c', 'copy', path])
    expectOnsets(
      await decodeWhole(path),
      at.slice(1).map((t) => t - 2),
      0.04,
    )
  })

  it('across gaps in the timestamps', async () => {
    // The sound between 4 and 5 s and a tenth of a second at 7 s were never recorded.
    const drop = "aselect='not(between(t,4,5)+between(t,7,7.1))'"
    for (const [name, codec] of [
      ['gap.mkv', 'libopus'],
      ['gap.mp4', 'aac'],
    ] as const) {
      const path = join(dir, name)
      const source = await written('source.wav', wav(pcm))
      await ffmpeg(['-i', source, '-af', drop, '-c:a', codec, '-ar', '48000', path])
      expectOnsets(await decodeWhole(path), at, 0.045)
    }
  })
})

/** As it is decoded in earnest: with what the probe says. */
const heard = (path: string): Promise<Int16Array> => decodeWhole(path, { probed: probe(path) })
const joined = async (name: string, pieces: string[]): Promise<string> =>
  written(name, Buffer.concat(await Promise.all(pieces.map((piece) => readFile(piece)))))

describe('a format that changes in the middle', () => {
  /** Three seconds each, encoded in their own ways and put one behind the other. */
  async function changing(name: string, extension: string, kinds: string[]): Promise<string> {
    const source = await written('three.wav', wav(toneAudio(beeps(0.5, 1.5), 3, 48_000), 48_000))
    const pieces = kinds.map((_, k) => join(dir, `${name}-${k}.${extension}`))
    for (const [k, kind] of kinds.entries())
      await ffmpeg(['-i', source, ...kind.split(' ').filter(Boolean), pieces[k]!])
    return joined(`${name}.${extension}`, pieces)
  }
  const at = [0.5, 1.5, 3.5, 4.5, 6.5, 7.5]

  it.each([
    ['mp3', 'mp3', ['-ac 2 -write_xing 0', '-ac 1 -ar 22050 -write_xing 0', '-ac 2 -write_xing 0']],
    ['aac', 'aac', ['-ac 2', '-ac 6', '-ac 1 -ar 24000']],
    ['ac3', 'ac3', ['-ac 6', '-ac 2', '-ac 6']],
    [
      'ogg',
      'ogg',
      ['-ac 2', '-ac 1', '-ac 2'].map((o, k) => `${o} -c:a libvorbis -serial_offset ${k * 100 + 1}`),
    ],
    ['flac', 'flac', ['', '', '']],
    ['webm', 'webm', ['-live 1', '-live 1', '-live 1']],
    [
      'ts',
      'ts',
      ['-ac 2', '-ac 6', '-ac 2'].map(
        (o, k) => `${o} -c:a ac3 -output_ts_offset ${100 + 3 * k} -muxdelay 0 -muxpreload 0`,
      ),
    ],
    ['ts whose clock begins anew', 'ts', ['-c:a mp2', '-c:a mp2', '-c:a mp2']],
  ])('%s', async (name, extension, kinds) => {
    const pcm = await heard(await changing(name, extension, kinds))
    // Encoders put up to 60 ms of their own before and behind each piece.
    expectOnsets(pcm, at, 0.2)
    expect(Math.abs(pcm.length / 16_000 - 9)).toBeLessThan(0.25)
  })
})

describe('a clock that is wrong', () => {
  const at = Array.from({ length: 20 }, (_, k) => 0.5 + 3 * k)
  const source = () => written('minute.wav', wav(toneAudio(beeps(...at), 61, 48_000), 48_000))

  it.each([1.005, 1.02, 0.99])('by a factor of %d', async (factor) => {
    const path = join(dir, `off-${factor}.mkv`)
    await ffmpeg(['-i', await source(), '-c:a', 'libopus', '-bsf:a', `setts=ts=TS*${factor}`, path])
    expectOnsets(
      await heard(path),
      at.map((t) => t * factor),
      0.15,
    )
  })

  it.each(['flv', 'mkv', 'ts'])('that jumps by an hour in %s', async (extension) => {
    const path = join(dir, `jump.${extension}`)
    const later = 'setts=ts=if(gte(T\\,30)\\,TS+3600/TB\\,TS)'.replaceAll('T\\,30', 'TS*TB\\,30')
    await ffmpeg(['-i', await source(), '-c:a', extension === 'mkv' ? 'flac' : 'aac', '-bsf:a', later, path])
    expectOnsets(await heard(path), at, 0.12)
  })

  it('that begins at three hours', async () => {
    const path = join(dir, 'late.webm')
    await ffmpeg(['-i', await source(), '-c:a', 'libopus', '-output_ts_offset', '10800', path])
    expect((await probe(path)).durationSeconds).toBeCloseTo(61, 0)
    expectOnsets(await heard(path), at)
  })

  it('but a pause of an edit list stays', async () => {
    const path = join(dir, 'pause.m4a')
    await ffmpeg(['-itsoffset', '4', '-i', await source(), '-c:a', 'aac', path])
    expectOnsets(
      await heard(path),
      at.map((t) => t + 4),
      0.04,
    )
  })

  it.each(['ts', 'mp4', 'mkv', 'flv'])(
    'and sound that begins 12 s after its picture in %s',
    async (extension) => {
      const path = join(dir, `12.${extension}`)
      const picture = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=20']
      const sound = ['-itsoffset', '12', '-i', await written('short.wav', wav(toneAudio(beeps(0.5, 2), 3)))]
      const codecs = ['-c:v', extension === 'ts' ? 'mpeg2video' : 'libx264', '-ar', '44100']
      await ffmpeg([...picture, ...sound, '-map', '0:v', '-map', '1:a', ...codecs, '-r', '25', path])
      expectOnsets(await heard(path), [12.5, 14], 0.06)
    },
  )
})

describe('channels', () => {
  const pcm = toneAudio(beeps(0.5, 2), 3)
  const source = () => written('mono.wav', wav(pcm))

  it('of opposite phase', async () => {
    const path = join(dir, 'opposite.m4a')
    await ffmpeg(['-i', await source(), '-af', 'pan=stereo|c0=c0|c1=-1*c0', '-c:a', 'aac', path])
    expectOnsets(await heard(path), [0.5, 2])
  })

  it.each([3, 6, 8, 10, 16, 32])('%i of them without positions, each with its own word', async (count) => {
    const words = Array.from({ length: count }, (_, k) => 0.5 + 0.6 * k)
    const all = words.map((t) => toneAudio(beeps(t), 1 + 0.6 * count))
    const samples = new Int16Array(all[0]!.length * count)
    for (const [k, channel] of all.entries())
      for (let i = 0; i < channel.length; i++) samples[i * count + k] = channel[i]!
    const file = wav(samples)
    file.writeUInt16LE(count, 22)
    file.writeUInt32LE(32_000 * count, 28)
    file.writeUInt16LE(2 * count, 32)
    expectOnsets(await heard(await written(`${count}.wav`, file)), words)
  })
})

describe('several sound tracks', () => {
  /** Each a list of beeps, or a codec that nobody knows. */
  async function film(name: string, tracks: number[][], options: string[]): Promise<string> {
    const path = join(dir, name)
    const inputs: string[] = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=4']
    for (const [k, at] of tracks.entries())
      inputs.push(
        '-i',
        await written(`track-${k}.wav`, wav(at.length ? toneAudio(beeps(...at), 4) : new Int16Array(64_000))),
      )
    const maps = ['-map', '0:v', ...tracks.flatMap((_, k) => ['-map', `${k + 1}:a`])]
    await ffmpeg([
      ...inputs,
      ...maps,
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-c:a',
      'aac',
      ...options,
      path,
    ])
    return path
  }
  const first = [0.5, 1.5]
  const second = [1, 2, 3]
  const trackOf = async (path: string, track?: number): Promise<number | undefined> => {
    let found: number | undefined
    const onEnd = (decoded: { track: number }): void => {
      found = decoded.track
    }
    await decodeWhole(path, { probed: probe(path), onEnd, ...(track && { track }) })
    return found
  }

  it.each(['mkv', 'mp4'])('in %s: the default one', async (extension) => {
    const flags = ['-disposition:a:0', '0', '-disposition:a:1', 'default']
    const path = await film(`default.${extension}`, [first, second], flags)
    expectOnsets(await heard(path), second, 0.08)
    expect(await trackOf(path)).toBe(2)
  })

  it.each(['mkv', 'mp4', 'mov'])(
    'in %s: where the default one is silent, the first that is not',
    async (extension) => {
      const path = await film(`silent.${extension}`, [[], second], [])
      expectOnsets(await heard(path), second, 0.08)
      expect(await trackOf(path)).toBe(2)
    },
  )

  it('all silent: the silence of the first', async () => {
    const path = await film('none.mkv', [[], []], [])
    expect(Math.abs((await heard(path)).length / 16_000 - 4)).toBeLessThan(0.15)
    expect(await trackOf(path)).toBe(1)
  })

  it('one that nobody can decode before one that everybody can', async () => {
    const path = await film('unknown.mp4', [first, second], [])
    const bytes = await readFile(path)
    const at = bytes.indexOf('mp4a')
    bytes.write('apac', at, 'latin1')
    bytes.write('dapa', bytes.indexOf('esds', at), 'latin1')
    await writeFile(path, bytes)
    expectOnsets(await heard(path), second, 0.08)
  })

  it('the one that is asked for, if there is one', async () => {
    const path = await film('asked.mkv', [first, second], [])
    expect(await trackOf(path, 2)).toBe(2)
    await expect(trackOf(path, 3)).rejects.toMatchObject({ code: 'no_such_track' })
  })
})

describe('a broken picture', () => {
  const pcm = toneAudio(beeps(0.5, 2), 3)
  const rubbish = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 7919) & 255))

  it.each(['mp3', 'm4a', 'flac'] as const)('as the cover of %s', async (format) => {
    const sound = await makeMedia(dir, pcm, { format, name: `sound-${format}` })
    const image = join(dir, 'cover.jpg')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=200x200', '-frames:v', '1', image])
    const path = join(dir, `cover.${format}`)
    await ffmpeg([
      '-i',
      sound,
      '-i',
      image,
      '-map',
      '0',
      '-map',
      '1',
      '-c',
      'copy',
      '-disposition:v',
      'attached_pic',
      path,
    ])
    const bytes = await readFile(path)
    rubbish((await readFile(image)).length).copy(bytes, bytes.indexOf(Buffer.from([0xff, 0xd8, 0xff])))
    await writeFile(path, bytes)
    expectOnsets(await heard(path), [0.5, 2], 0.06)
  })

  it.each(['mpeg2video', 'libx264'])(
    'in a transport stream: rubbish, and nothing, instead of %s',
    async (codec) => {
      const full = join(dir, `${codec}.ts`)
      const picture = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=25:duration=3']
      await ffmpeg([
        ...picture,
        '-i',
        await written('s.wav', wav(pcm)),
        '-c:v',
        codec,
        '-c:a',
        'mp2',
        '-ar',
        '48000',
        full,
      ])
      const packets: Buffer[] = []
      const bytes = await readFile(full)
      for (let at = 0; at < bytes.length; at += 188) packets.push(bytes.subarray(at, at + 188))
      const isPicture = (packet: Buffer): boolean => (packet.readUInt16BE(1) & 0x1fff) === 0x100
      const none = Buffer.concat(packets.filter((packet) => !isPicture(packet)))
      expectOnsets(await heard(await written('none.ts', none)), [0.5, 2], 0.06)
      for (const packet of packets.filter(isPicture)) rubbish(148).copy(packet, 40)
      expectOnsets(await heard(await written('rubbish.ts', bytes)), [0.5, 2], 0.06)
    },
  )
})

describe('damage in the middle', () => {
  const at = Array.from({ length: 30 }, (_, k) => 0.5 + k)
  it.each(['mp3', 'm4a', 'ogg', 'flac', 'mkv'] as const)(
    'of %s: the rest is heard, and what is missing is said',
    async (format) => {
      const path = await makeMedia(dir, toneAudio(beeps(...at), 31), {
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

describe('what ends badly', () => {
  const pcm = toneAudio(beeps(1, 5, 9, 13, 17), 20)
  const fault = (path: string, options: DecodeOptions = {}) =>
    decodeWhole(path, options).then(
      (all) => all.length / 16_000,
      (e: { code?: string; message: string }) => e.code ?? e.message,
    )

  it.each(['flac', 'webm', 'mkv'] as const)('a %s that is cut off', async (format) => {
    const whole = await makeMedia(dir, pcm, { format })
    const probed = await probe(whole)
    const bytes = await readFile(whole)
    const cut = await written(`cut.${format}`, bytes.subarray(0, bytes.length * 0.7))
    expect(await fault(cut, { probed })).toBe('truncated')
    expect(await fault(whole, { probed })).toBeCloseTo(20, 0)
  })

  it('an MP4 with its table first that is cut off', async () => {
    const whole = await makeMedia(dir, pcm, { format: 'mp4', extra: ['-movflags', '+faststart'], name: 'f' })
    const bytes = await readFile(whole)
    const cut = await written('cut.mp4', bytes.subarray(0, bytes.length * 0.6))
    const probed = await probe(cut)
    expect(await fault(cut, { probed })).toBe('truncated')
  })

  it('not a healthy file whose header is a little off', async () => {
    const vbr = await makeMedia(dir, pcm, { format: 'mp3', extra: ['-q:a', '6', '-write_xing', '0'] })
    const longer = join(dir, 'longer.mp4')
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
    const silent = join(dir, 'silent.mp4')
    await ffmpeg(['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=1', silent])
    expect(await fault(silent)).toBe('no_audio')
    expect(await fault(await written('text.txt', Buffer.from('text '.repeat(400))))).toBe('not_media')
    expect(await fault(path, { ffmpeg: 'no-such-ffmpeg' })).toMatch(/no-such-ffmpeg cannot be started/)
  })
})

it.each(['ac3', 'eac3', 'dts'])('true times at the end of a long bare %s stream', async (format) => {
  const source = await written('long.wav', wav(toneAudio(beeps(1, 290), 300)))
  const path = join(dir, `long.${format}`)
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
    const path = await makeMedia(dir, spoken, { format, name: `piecemeal-${format}` })
    expect(await decodeWhole(piecemeal(path))).toEqual(await decodeWhole(path))
  })

  it('gives the same sound in mp3, and the padding that only the whole file tells', async () => {
    const path = await makeMedia(dir, spoken, { format: 'mp3', name: 'piecemeal-mp3' })
    const [grown, whole] = [await decodeWhole(piecemeal(path)), await decodeWhole(path)]
    expect(grown.subarray(0, whole.length - 100)).toEqual(whole.subarray(0, whole.length - 100))
    expect(grown.length - whole.length).toBeLessThan(0.1 * 16_000)
  })

  it.each([
    ['its table first', '+faststart'],
    ['fragments', '+frag_keyframe+empty_moov'],
    ['fragments and one index, as YouTube serves it', '+dash+global_sidx'],
  ])('gives the same sound in MP4 with %s', async (_, flags) => {
    const source = await makeMedia(dir, spoken, { format: 'm4a', name: 'source' })
    const path = join(dir, `piecemeal${flags}.m4a`)
    await ffmpeg(['-i', source, '-c', 'copy', '-movflags', flags, path])
    expect(await decodeWhole(piecemeal(path))).toEqual(await decodeWhole(path))
  })

  it('in MP4 with its table at the end cannot be read yet', async () => {
    const path = await makeMedia(dir, spoken, { format: 'm4a', name: 'table-last' })
    await expect(decodeWhole(piecemeal(path))).rejects.toMatchObject({ name: 'MediaError' })
  })

  it('fails with what its writer fails with', async () => {
    const path = await makeMedia(dir, spoken, { format: 'flac', name: 'failing' })
    const failing = async function* (): AsyncGenerator<Buffer> {
      yield (await readFile(path)).subarray(0, 5000)
      throw new Error('the platform hung up')
    }
    await expect(decodeWhole(failing())).rejects.toThrow('the platform hung up')
  })
})

describe('the reader', () => {
  it('is waited for, and ffmpeg ends when it leaves', async () => {
    const long = join(dir, 'hours.flac')
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
