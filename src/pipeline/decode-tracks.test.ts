import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beeps, expectOnsets } from '../../test/support/beeps.ts'
import { ffmpeg, makeMedia } from '../../test/support/media.ts'
import { testFolder } from '../../test/support/test-folder.ts'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { decodeWhole } from './decode.ts'
import { probe } from './probe.ts'
import type { TrackWish } from './sound/plans.ts'

const folder = testFolder()
const { written } = folder

const heard = (path: string): Promise<Int16Array> => decodeWhole(path, { probed: probe(path) })

describe('channels', () => {
  const pcm = toneAudio(beeps(0.5, 2), 3)
  const source = () => written('mono.wav', wav(pcm))

  it('of opposite phase', async () => {
    const path = join(folder.path, 'opposite.m4a')
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
    const path = join(folder.path, name)
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
  const trackOf = async (path: string, wish: TrackWish = {}): Promise<number | undefined> => {
    let found: number | undefined
    const onEnd = (decoded: { track: number }): void => {
      found = decoded.track
    }
    await decodeWhole(path, { probed: probe(path), onEnd, ...wish })
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

  it('one that is announced and has no frame that can be read before one that has', async () => {
    const path = await film('scrambled.ts', [first, second], ['-c:v', 'mpeg2video', '-c:a', 'mp2'])
    const bytes = await readFile(path)
    for (let at = 0; at + 188 <= bytes.length; at += 188)
      if ((bytes.readUInt16BE(at + 1) & 0x1fff) === 0x101)
        for (let k = at + 20; k < at + 188; k++) bytes[k] = (k * 77) & 255
    await writeFile(path, bytes)
    expectOnsets(await heard(path), second, 0.08)
  })

  it('the one that is asked for, if there is one', async () => {
    const path = await film('asked.mkv', [first, second], [])
    expect(await trackOf(path, { track: 2 })).toBe(2)
    await expect(trackOf(path, { track: 3 })).rejects.toMatchObject({ code: 'no_such_track' })
  })

  describe('of which the file says the languages', () => {
    const tagged = (...codes: string[]): string[] =>
      codes.flatMap((code, k) => (code ? [`-metadata:s:a:${k}`, `language=${code}`] : []))

    it.each(['mkv', 'mp4', 'ts'])('in %s: the one in the language that was asked for', async (extension) => {
      const path = await film(`languages.${extension}`, [first, second], tagged('eng', 'ger'))
      expect(await trackOf(path, { language: 'de' })).toBe(2)
      expect(await trackOf(path, { language: 'en' })).toBe(1)
      expect(await trackOf(path, { language: 'fr' })).toBe(1)
      expect(await trackOf(path)).toBe(1)
      expect(await trackOf(path, { language: 'de', track: 1 })).toBe(1)
    })

    it('though another is the default', async () => {
      const flags = ['-disposition:a:0', 'default', '-disposition:a:1', '0']
      const path = await film('other-default.mkv', [first, second], [...tagged('jpn', 'nob'), ...flags])
      expect(await trackOf(path, { language: 'no' })).toBe(2)
    })

    it('not a description in it, where the film itself may be in it', async () => {
      const flags = ['-disposition:a:1', 'visual_impaired']
      const path = await film('described.mp4', [first, second], [...tagged('', 'fre'), ...flags])
      expect(await trackOf(path, { language: 'fr' })).toBe(1)
    })

    it('a description in it, where the film is in another', async () => {
      const flags = ['-disposition:a:1', 'visual_impaired']
      const path = await film('foreign.mp4', [first, second], [...tagged('eng', 'fre'), ...flags])
      expect(await trackOf(path, { language: 'fr' })).toBe(2)
    })

    it('the other, where that is silent', async () => {
      const path = await film('silent-language.mkv', [first, []], tagged('eng', 'ger'))
      expect(await trackOf(path, { language: 'de' })).toBe(1)
    })
  })
})

describe('a broken picture', () => {
  const pcm = toneAudio(beeps(0.5, 2), 3)
  const rubbish = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 7919) & 255))

  it.each(['mp3', 'm4a', 'flac'] as const)('as the cover of %s', async (format) => {
    const sound = await makeMedia(folder.path, pcm, { format, name: `sound-${format}` })
    const image = join(folder.path, 'cover.jpg')
    await ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=200x200', '-frames:v', '1', image])
    const path = join(folder.path, `cover.${format}`)
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
      const full = join(folder.path, `${codec}.ts`)
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
