/** What is wrong before a file: ID3 tags that claim more bytes than they have, and what a transfer left. */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { beeps, expectOnsets } from '../../../test/support/beeps.ts'
import { makeMedia } from '../../../test/support/media.ts'
import { testFolder } from '../../../test/support/test-folder.ts'
import { toneAudio } from '../../../test/support/tone.ts'
import { decodeWhole } from '../decode.ts'
import { probe } from '../probe.ts'

const folder = testFolder()
const at = [0.5, 3, 6.25, 9]
const pcm = toneAudio(beeps(...at), 10)

const tag = (version: number, claims: number, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('ID3'),
    Buffer.from([version, 0, 0, ...[21, 14, 7, 0].map((bits) => (claims >> bits) & 127)]),
    content,
  ])

const mp3 = async (extra: string[] = []): Promise<Buffer> =>
  readFile(
    await makeMedia(folder.path, pcm, { format: 'mp3', rate: 44_100, extra, name: `mp3-${extra.length}` }),
  )
const bare = (): Promise<Buffer> => mp3(['-id3v2_version', '0', '-write_xing', '0'])
const even = async (): Promise<Buffer> =>
  readFile(
    await makeMedia(folder.path, pcm, {
      format: 'mp3',
      rate: 48_000,
      extra: ['-id3v2_version', '0', '-write_xing', '0'],
      name: 'even',
    }),
  )
const flac = async (): Promise<Buffer> =>
  readFile(await makeMedia(folder.path, pcm, { format: 'flac', name: 'flac' }))
const aac = async (): Promise<Buffer> => {
  const path = await makeMedia(folder.path, pcm, {
    format: 'm4a',
    rate: 44_100,
    extra: ['-f', 'adts'],
    name: 'adts',
  })
  return readFile(path)
}

const FAR = 200_000_000
const title = Buffer.from('TIT2\0\0\0\x05\0\0\0Talk')
/** A picture, as far as it got. */
const picture = Buffer.from(Array.from({ length: 50_000 }, (_, k) => (k * 7919 + (k >> 5) * 31) & 255))
const avif = Buffer.concat([
  Buffer.from('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\x01\0meta'),
  picture.subarray(0, 3000),
])

it.each([
  ['with nothing in it', async () => tag(4, FAR, await bare())],
  ['with padding', async () => tag(3, FAR, Buffer.concat([Buffer.alloc(4096), await bare()]))],
  ['with a title', async () => tag(3, FAR, Buffer.concat([title, await mp3()]))],
  ['with a picture', async () => tag(3, FAR, Buffer.concat([picture, await bare()]))],
  ['before a true one', async () => tag(2, FAR, await mp3())],
  ['of as many bytes as there are', async () => bare().then((sound) => tag(4, sound.length, sound))],
  ['before AAC', async () => tag(4, FAR, await aac())],
  ['that reaches into the sound', async () => tag(4, 30_000, await bare())],
  [
    'with a title, that reaches into the sound',
    async () => tag(3, 30_017, Buffer.concat([title, await mp3()])),
  ],
  [
    'with a picture, that reaches into the sound',
    async () => tag(3, 90_003, Buffer.concat([picture, await bare()])),
  ],
  [
    'with padding, that reaches into the sound',
    async () => tag(3, 9001, Buffer.concat([Buffer.alloc(4096), await bare()])),
  ],
  // At 48 kHz all frames are of the same length: one starts where the tag says that it ends.
  ['that reaches to a frame', async () => tag(4, 288 * 100, await even())],
  [
    'that reaches to a frame, and has a cover',
    async () => tag(4, avif.length + 288 * 100, Buffer.concat([avif, await even()])),
  ],
  ['that reaches almost to the end', async () => bare().then((sound) => tag(4, sound.length - 1000, sound))],
  ['that reaches into a FLAC file', async () => tag(3, 20_000, await flac())],
  ['that reaches into AAC', async () => tag(4, 30_011, await aac())],
  [
    'that is right, with an AVIF picture at its end',
    async () => tag(3, avif.length, Buffer.concat([avif, await bare()])),
  ],
  [
    'that is right, with padding',
    async () => tag(3, 4096, Buffer.concat([Buffer.alloc(4096), await bare()])),
  ],
])('%s: the sound behind it is heard', async (name, file) => {
  const path = await folder.written(`${name.replaceAll(' ', '-')}.mp3`, await file())
  const probed = await probe(path)
  expect(probed.hasAudio).toBe(true)
  expect(probed.durationSeconds).toBeGreaterThan(9.9)
  expect(probed.durationSeconds).toBeLessThan(10.2)
  const heard = await decodeWhole(path, { probed })
  expectOnsets(heard, at, 0.06)
  expect(heard.length / 16_000).toBeLessThan(10.2)
})

it.each([
  ['a picture that is cut off', tag(3, FAR, picture)],
  ['nothing at all', tag(3, FAR, Buffer.alloc(0))],
])('behind it is %s: the file is cut off, and not something else', async (name, file) => {
  const path = await folder.written(`${name.replaceAll(' ', '-')}.mp3`, file)
  await expect(probe(path)).rejects.toMatchObject({ code: 'truncated' })
})

it('a text that begins with these letters is none', async () => {
  const path = await folder.written('text.mp3', Buffer.from('ID3 tags are before the sound. '.repeat(100)))
  await expect(probe(path)).rejects.toMatchObject({ code: 'not_media' })
})

describe.each([
  ['line ends', Buffer.from('\r\n')],
  ['zeros', Buffer.alloc(500)],
  ['the head of an answer', Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: audio/x\r\n\r\n')],
])('%s before it', (name, before) => {
  it.each(['m4a', 'wav', 'flac', 'ogg', 'webm', 'mp3'] as const)('are no hindrance to %s', async (format) => {
    const whole = await makeMedia(folder.path, pcm, { format, rate: 48_000, name: `whole-${name}` })
    const path = await folder.written(
      `after-leftovers.${format}`,
      Buffer.concat([before, await readFile(whole)]),
    )
    expectOnsets(await decodeWhole(path, { probed: probe(path) }), at, 0.06)
  })
})
