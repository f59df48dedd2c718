/**
 * Every word at its time, through the whole API: upload, decode, split, the real engine, merge. What is
 * said is known exactly (test/support/tone.ts), so the transcript must equal it word for word.
 */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transcript } from '../../src/ports/transcript.ts'
import { transcribe, upload } from '../support/client.ts'
import { type MediaFormat, makeMedia, scratch } from '../support/media.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { type PlacedWord, toneAudio, toneProgramme, WORDS } from '../support/tone.ts'

/** Seconds: a word may be this far from its place. */
const TOLERANCE = 0.06

interface Case {
  format: MediaFormat
  rate: number
  channels: 1 | 2
  seconds: number
}

const CASES: Case[] = [
  { format: 'wav', rate: 8000, channels: 1, seconds: 20 },
  { format: 'wav', rate: 48000, channels: 2, seconds: 1 },
  { format: 'mp3', rate: 44100, channels: 2, seconds: 45 },
  { format: 'mp4', rate: 44100, channels: 2, seconds: 61 },
  { format: 'webm', rate: 48000, channels: 1, seconds: 33 },
  { format: 'flac', rate: 22050, channels: 1, seconds: 120 },
  { format: 'm4a', rate: 32000, channels: 1, seconds: 240 },
]

/** At 8 kHz only the lower half of the tones fits. */
const LOW_WORDS = WORDS.slice(0, 6)

function programme(seed: number, { rate, seconds }: Case): PlacedWord[] {
  const words = toneProgramme(seed, seconds)
  if (rate >= 16_000) return words
  return words.map((w, k) => ({ ...w, word: LOW_WORDS[(seed + k * 7) % LOW_WORDS.length]! }))
}

/** The same recordings for every server: made once. */
let recordings: { name: string; file: Uint8Array<ArrayBuffer>; words: PlacedWord[] }[]

beforeAll(async () => {
  const files = await scratch()
  recordings = []
  for (const wanted of CASES) {
    const words = programme(CASES.indexOf(wanted) * 10, wanted)
    const pcm = toneAudio(words, wanted.seconds, 48_000)
    const path = await makeMedia(files.dir, pcm, { ...wanted, pcmRate: 48_000 })
    recordings.push({ name: basename(path), file: new Uint8Array(await readFile(path)), words })
  }
  await files.dispose()
})

for (const splitter of ['energy', 'fixed'] as const)
  for (const slots of [1, 2])
    describe(`splitter ${splitter}, ${slots} slot${slots > 1 ? 's' : ''}`, () => {
      let folder: Awaited<ReturnType<typeof testFolder>>
      let server: TestServer
      let apiKey: string

      beforeAll(async () => {
        folder = await testFolder(splitter)
        server = await startServer(folder.dataDir, {
          EARSHOT_MODEL: folder.model,
          EARSHOT_SLOTS: String(slots),
        })
        apiKey = (await newAccount(folder.dataDir)).apiKey
      })
      afterAll(async () => {
        await server?.stop()
        await folder?.remove()
      })

      it.each(CASES)('$format, $rate Hz, $channels channel(s), $seconds s', async (wanted) => {
        const { name, file, words } = recordings[CASES.indexOf(wanted)]!
        const media = await upload(server.origin, apiKey, file, name)
        expect(media.status).toBe(201)
        expect(media.body.durationSeconds).toBeCloseTo(wanted.seconds, 0)

        const { status, body } = await transcribe(server.origin, apiKey, { mediaId: media.body.mediaId })
        expect(status).toBe(200)
        expect(body.transcript).toBe(words.map((w) => w.word).join(' '))
        expect(body.creditsDebited).toBe(Math.max(1, Math.ceil(media.body.durationSeconds / 60)))
      })
    })

describe('the command line, without a server', () => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let files: Awaited<ReturnType<typeof scratch>>
  beforeAll(async () => {
    folder = await testFolder()
    files = await scratch()
  })
  afterAll(async () => {
    await folder?.remove()
    await files?.dispose()
  })

  it('prints the text, subtitles, and words at their times', async () => {
    const words = toneProgramme(99, 40)
    const path = await makeMedia(files.dir, toneAudio(words, 40, 48_000), {
      format: 'ogg',
      rate: 48_000,
      pcmRate: 48_000,
    })
    const run = (format: string) =>
      earshot(folder.dataDir, ['transcribe', path, '--format', format], {
        EARSHOT_MODEL: folder.model,
        EARSHOT_SLOTS: '1',
      })

    const txt = await run('txt')
    expect(txt.stderr).toBe('')
    expect(txt.stdout.split(/\s+/).filter(Boolean)).toEqual(words.map((w) => w.word))
    expect((await run('srt')).stdout).toMatch(/^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n/)
    expect((await run('vtt')).stdout).toMatch(/^WEBVTT\n/)
    const { segments } = JSON.parse((await run('json')).stdout) as Transcript
    const heard = segments.flatMap((s) => s.words ?? [])
    expect(heard.map((w) => w.word)).toEqual(words.map((w) => w.word))
    heard.forEach((w, k) => {
      expect(Math.abs(w.start - words[k]!.at)).toBeLessThan(TOLERANCE)
    })
  })

  it('says what is wrong with a file, in a line, with exit code 1', async () => {
    const missing = await earshot(folder.dataDir, ['transcribe', join(files.dir, 'none.wav')], {
      EARSHOT_MODEL: folder.model,
    })
    expect(missing).toMatchObject({ code: 1, stdout: '' })
    expect(missing.stderr).toMatch(/^earshot: there is no file .*none\.wav\n$/)
  })
})
