/** Damaged MP4 that comes in fragments: of phones, cameras, OBS, DASH and HLS. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { beeps, onsets } from '../../test/support/beeps.ts'
import { ffmpeg } from '../../test/support/media.ts'
import { testFolder } from '../../test/support/test-folder.ts'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { decodeWhole } from './decode.ts'
import type { Decoded } from './decode-options.ts'
import { probe } from './probe.ts'

const folder = testFolder()
/** Not evenly, so that none can be taken for another that is late. */
const AT = Array.from({ length: 20 }, (_, k) => 0.5 + k + ((k * 7) % 10) * 0.05)
const SECONDS = 21

const PICTURE =
  '-f lavfi -i testsrc=size=64x48:rate=10:duration=21 -map 0:a -map 1:v -c:v libx264 -preset ultrafast -g 20'
const AAC = '-c:a aac -frag_duration 2000000'
const KINDS = {
  fragments: `${AAC} -movflags +empty_moov+default_base_moof`,
  'fragments whose samples are counted from the start of the file': `${AAC} -movflags +empty_moov`,
  'a first fragment in the header': `${AAC} -movflags +frag_keyframe`,
  DASH: `${AAC} -movflags +dash+global_sidx`,
  CMAF: `${AAC} -movflags +cmaf+dash`,
  'sound and pictures': `${PICTURE} -c:a aac -movflags +frag_keyframe+empty_moov+default_base_moof`,
  'sound and pictures in fragments of their own': `${PICTURE} -c:a aac -movflags +frag_keyframe+empty_moov+separate_moof`,
  MP3: '-c:a libmp3lame -frag_duration 2000000 -movflags +empty_moov+default_base_moof',
} as const
type Kind = keyof typeof KINDS

const files = new Map<Kind, Buffer>()
beforeAll(async () => {
  const source = await folder.written('whole.wav', wav(toneAudio(beeps(...AT), SECONDS)))
  for (const [k, [kind, options]] of Object.entries(KINDS).entries()) {
    const path = join(folder.path, `${k}.mp4`)
    await ffmpeg(['-i', source, ...options.split(' '), '-ar', '44100', path])
    files.set(kind as Kind, await readFile(path))
  }
}, 120_000)

const ZEROS = () => 0
const RUBBISH = (i: number) => (i * 7919 + (i >> 3) * 31) & 255

function damage(bytes: Buffer, from: number, to: number, fill: (i: number) => number): void {
  for (let i = Math.floor(from); i < to; i++) bytes[i] = fill(i)
}

async function hear(bytes: Buffer): Promise<Decoded & { lost: number[] }> {
  const path = await folder.written('damaged.mp4', bytes)
  let decoded: Decoded | undefined
  const heard = onsets(await decodeWhole(path, { probed: probe(path), onEnd: (all) => (decoded = all) }))
  const isHeard = (at: number) => heard.some((time) => Math.abs(time - at) < 0.1)
  return { ...decoded!, lost: AT.filter((at) => !isHeard(at)) }
}

/** That all that was lost is said to be missing, and that not much is. */
function expectTold({ lost, missing, seconds }: Awaited<ReturnType<typeof hear>>, most: number): void {
  expect(seconds).toBeLessThan(SECONDS + 0.2)
  expect(lost.length).toBeGreaterThan(0)
  for (const at of lost)
    expect(
      missing.some(({ start, end }) => start <= at + 0.25 && end >= at),
      `${at} in ${JSON.stringify(missing)}`,
    ).toBe(true)
  expect(missing.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThan(most)
}

/** Where the boxes of a name start. */
function boxes(bytes: Buffer, name: string): number[] {
  const all: number[] = []
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) all.push(at - 4)
  return all
}

it.each(Object.keys(KINDS) as Kind[])(
  'damage in MP4 with %s: what follows is heard at its times',
  async (kind) => {
    const bytes = Buffer.from(files.get(kind)!)
    damage(bytes, bytes.length * 0.25, bytes.length * 0.29, ZEROS)
    damage(bytes, bytes.length * 0.6, bytes.length * 0.64, RUBBISH)
    damage(bytes, bytes.length * 0.93, bytes.length, ZEROS)
    const heard = await hear(bytes)
    expectTold(heard, 12)
    // When it would have ended.
    expect(heard.missing.at(-1)!.end).toBeGreaterThan(SECONDS - 1)
  },
)

describe('of a fragment is broken', () => {
  const kind = 'fragments'
  const parts: [string, (bytes: Buffer, at: number) => void][] = [
    ['its length', (bytes, at) => bytes.writeUInt32BE(0x7000_0000, at)],
    ['its name', (bytes, at) => bytes.write('abcd', at + 4)],
    ['its start', (bytes, at) => damage(bytes, at, at + 8, ZEROS)],
    ['the table of its samples', (bytes, at) => damage(bytes, at + 120, at + 200, RUBBISH)],
    ['its time', (bytes, at) => bytes.writeUInt32BE(0x7fff_ffff, bytes.indexOf('tfdt', at) + 8)],
    [
      'the length of its samples, which is longer than the file',
      (bytes, at) => bytes.writeUInt32BE(0x7000_0000, bytes.indexOf('mdat', at) - 4),
    ],
    [
      'the length of its samples, which is shorter than they are',
      (bytes, at) => bytes.writeUInt32BE(99, bytes.indexOf('mdat', at) - 4),
    ],
    [
      'the length of its samples, which goes on to the end of the file',
      (bytes, at) => bytes.writeUInt32BE(0, bytes.indexOf('mdat', at) - 4),
    ],
  ]

  it.each(parts)('%s: no more than it is lost', async (part, breakIt) => {
    // Two wrong times side by side look like a broadcast that begins anew.
    const which = part === 'its time' ? [0, 4, 7] : [0, 4, 5]
    const bytes = Buffer.from(files.get(kind)!)
    const starts = boxes(bytes, 'moof')
    for (const k of which) breakIt(bytes, starts[k]!)
    const { lost, missing, seconds } = await hear(bytes)
    expect(seconds).toBeCloseTo(SECONDS, 0)
    for (const at of lost)
      expect(which.map((k) => 2 * k).some((from) => at > from - 0.3 && at < from + 2.1)).toBe(true)
    if (lost.length > 0) expect(missing.length).toBeGreaterThan(0)
  })

  it('the index of a DASH file: nothing is lost, and nothing is said', async () => {
    const bytes = Buffer.from(files.get('DASH')!)
    const [index] = boxes(bytes, 'sidx')
    damage(bytes, index! + 40, index! + 100, RUBBISH)
    expect(await hear(bytes)).toMatchObject({ lost: [], missing: [] })
  })
})

it('MP4 of fragments that is whole is decoded as it is', async () => {
  for (const kind of files.keys())
    expect(await hear(files.get(kind)!), kind).toMatchObject({ lost: [], missing: [], cutOff: [] })
})
