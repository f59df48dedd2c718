import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beeps, expectOnsets } from '../../test/support/beeps.ts'
import { ffmpeg, makeMedia } from '../../test/support/media.ts'
import { testFolder } from '../../test/support/test-folder.ts'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { decodeWhole } from './decode.ts'
import { probe } from './probe.ts'

const folder = testFolder()
const { written } = folder

describe('true times', () => {
  const at = [0.5, 3, 6.25, 9]
  const pcm = toneAudio(beeps(...at), 10)

  it('of 16 kHz mono WAV, sample by sample', async () => {
    expect(await decodeWhole(await written('same.wav', wav(pcm)))).toEqual(pcm)
  })

  it.each(['mp3', 'mp4', 'm4a', 'webm', 'flac', 'ogg', 'mkv'] as const)('in %s', async (format) => {
    const path = await makeMedia(folder.path, pcm, { format, rate: 44_100, channels: 2 })
    expectOnsets(await decodeWhole(path), at)
  })

  it.each(['mkv', 'm2ts', 'thd'])(
    'of TrueHD, whose frames are shorter than a millisecond, in %s',
    async (extension) => {
      const path = join(folder.path, `short-frames.${extension}`)
      const codec = ['-ar', '48000', '-c:a', 'truehd', '-strict', '-2']
      await ffmpeg(['-i', await written('source.wav', wav(pcm)), ...codec, path])
      const sound = await decodeWhole(path, { probed: probe(path) })
      expectOnsets(sound, at)
      expect(sound.length / 16_000).toBeCloseTo(10, 1)
    },
  )

  it('where the sound starts after the picture', async () => {
    const source = await written('source.wav', wav(pcm))
    const video = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=25:duration=13']
    for (const name of ['late.mp4', 'late.mkv', 'late.ts']) {
      const path = join(folder.path, name)
      await ffmpeg([...video, '-itsoffset', '2.5', '-i', source, '-map', '0:v', '-map', '1:a', path])
      expectOnsets(
        await decodeWhole(path, { probed: probe(path) }),
        at.map((t) => t + 2.5),
        0.04,
      )
    }
  })

  it('where an edit list skips the beginning', async () => {
    const whole = await makeMedia(folder.path, pcm, { format: 'm4a', name: 'whole' })
    const path = join(folder.path, 'edited.m4a')
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
      const path = join(folder.path, name)
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
    const pieces = kinds.map((_, k) => join(folder.path, `${name}-${k}.${extension}`))
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
    ['webm with lengths', 'webm', ['-c:a libopus', '-c:a libopus', '-c:a libopus']],
    ['mkv', 'mkv', ['-c:a flac -ac 1', '-c:a flac -ac 1', '-c:a flac -ac 1']],
    ['wav', 'wav', ['', '', '']],
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
    const path = join(folder.path, `off-${factor}.mkv`)
    await ffmpeg(['-i', await source(), '-c:a', 'libopus', '-bsf:a', `setts=ts=TS*${factor}`, path])
    expectOnsets(
      await heard(path),
      at.map((t) => t * factor),
      0.15,
    )
  })

  it.each(['flv', 'mkv', 'ts'])('that jumps by an hour in %s', async (extension) => {
    const path = join(folder.path, `jump.${extension}`)
    const later = 'setts=ts=if(gte(T\\,30)\\,TS+3600/TB\\,TS)'.replaceAll('T\\,30', 'TS*TB\\,30')
    await ffmpeg(['-i', await source(), '-c:a', extension === 'mkv' ? 'flac' : 'aac', '-bsf:a', later, path])
    expectOnsets(await heard(path), at, 0.12)
  })

  it('that begins at three hours', async () => {
    const path = join(folder.path, 'late.webm')
    await ffmpeg(['-i', await source(), '-c:a', 'libopus', '-output_ts_offset', '10800', path])
    expect((await probe(path)).durationSeconds).toBeCloseTo(61, 0)
    expectOnsets(await heard(path), at)
  })

  it('but a pause of an edit list stays', async () => {
    const path = join(folder.path, 'pause.m4a')
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
      const path = join(folder.path, `12.${extension}`)
      const picture = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=20']
      const sound = ['-itsoffset', '12', '-i', await written('short.wav', wav(toneAudio(beeps(0.5, 2), 3)))]
      const codecs = ['-c:v', extension === 'ts' ? 'mpeg2video' : 'libx264', '-ar', '44100']
      await ffmpeg([...picture, ...sound, '-map', '0:v', '-map', '1:a', ...codecs, '-r', '25', path])
      expectOnsets(await heard(path), [12.5, 14], 0.06)
    },
  )
})
