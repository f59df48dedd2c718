/** AAC whose channels change where the container says them only once: what ffmpeg by itself leaves out. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beeps, expectOnsets } from '../../../test/support/beeps.ts'
import { ffmpeg, scratch } from '../../../test/support/media.ts'
import { toneAudio, wav } from '../../../test/support/tone.ts'
import { decodeWhole } from '../decode.ts'
import { probe } from '../probe.ts'
import { findLayouts } from './layouts.ts'

const SECONDS = 2
const AT = [0.5, 1.25]
/** From one channel: the sound in the middle, or on both sides. */
const SPREAD: Record<number, string> = {
  1: 'anull',
  2: 'pan=stereo|c0=c0|c1=c0',
  6: 'pan=5.1|FC=c0',
}

let dir: string
let dispose: () => Promise<void>
beforeAll(async () => {
  ;({ dir, dispose } = await scratch())
  const source = join(dir, 'source.wav')
  await writeFile(source, wav(toneAudio(beeps(...AT), SECONDS)))
  for (const [channels, filter] of Object.entries(SPREAD))
    await ffmpeg(['-i', source, '-af', filter, '-ar', '48000', '-c:a', 'aac', '-b:a', '96k', piece(channels)])
})
afterAll(() => dispose())

const piece = (channels: string | number): string => join(dir, `${channels}.aac`)

async function joined(channels: readonly number[], extension: string): Promise<string> {
  const frames = join(dir, `${channels.join('')}.aac`)
  await writeFile(frames, Buffer.concat(await Promise.all(channels.map((each) => readFile(piece(each))))))
  const path = join(dir, `${channels.join('')}.${extension}`)
  await ffmpeg(['-i', frames, '-c', 'copy', path])
  return path
}

/** Each piece is longer by the encoder's first frame, and a bit of its last. */
const startOf = (k: number): number => k * (SECONDS + 0.03)

describe.each(['mkv', 'm4a', 'mov'])('in %s', (extension) => {
  it.each([[[2, 6, 2]], [[1, 6, 2]], [[6, 2, 6]], [[6, 1, 2]], [[6, 2, 1]]])(
    '%j channels, one after the other',
    async (channels) => {
      const path = await joined(channels, extension)
      const heard = await decodeWhole(path, { probed: probe(path) })
      expectOnsets(
        heard,
        channels.flatMap((_, k) => AT.map((at) => startOf(k) + at)),
        0.1,
      )
    },
  )
})

it('is not looked for where all is as the file says, and nothing is believed of what is broken', async () => {
  const path = await joined([2, 2], 'mkv')
  expect(await findLayouts(path, undefined, {})).toBeUndefined()
  const bytes = await readFile(path)
  for (let k = Math.floor(bytes.length * 0.4); k < bytes.length * 0.6; k++) bytes[k] = (k * 7919) & 255
  await writeFile(path, bytes)
  expect(await findLayouts(path, undefined, {})).toBeUndefined()
})

it('is not found, and fails nothing, where the decoders end before their time', async () => {
  const path = await joined([2, 6, 2], 'mkv')
  const quitting = join(dir, 'quitting.sh')
  await writeFile(
    quitting,
    '#!/bin/sh\ncase "$*" in *pipe:0*) head -c 1000 >/dev/null; exit 1;; esac\nexec ffmpeg "$@"\n',
    { mode: 0o755 },
  )
  expect(await findLayouts(path, undefined, { ffmpeg: quitting })).toBeUndefined()
})
