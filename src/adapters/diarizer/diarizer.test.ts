import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { alive } from '../../../test/support/processes.ts'
import { type PlacedWord, toneAudio, toneProgramme, WORD_LENGTH } from '../../../test/support/tone.ts'
import { voiceOf, writeVoiceModels } from '../../../test/support/voices.ts'
import type { Turn } from '../../ports/diarizer.ts'
import { createDiarizer, type DiarizerOptions } from './index.ts'

let dir: string
let diarizers: ReturnType<typeof createDiarizer>[]
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-voices-'))
  writeVoiceModels(join(dir, 'voices'))
  diarizers = []
})
afterAll(async () => {
  for (const diarizer of diarizers) await diarizer.close()
  await rm(dir, { recursive: true, force: true })
})

function diarizer(options: Partial<DiarizerOptions> = {}) {
  const folder = join(dir, 'voices')
  const made = createDiarizer({ models: { folderOf: () => folder }, threads: 1, ...options })
  diarizers.push(made)
  return made
}

async function turnsOf(from: ReturnType<typeof createDiarizer>, pcm: Int16Array): Promise<Turn[]> {
  const diarization = from.open()
  try {
    for (let at = 0; at < pcm.length; at += 7000) await diarization.push(pcm.subarray(at, at + 7000))
    return await diarization.end()
  } finally {
    diarization.close()
  }
}

/** Who speaks in the middle of each word. */
const speakers = (words: readonly PlacedWord[], turns: readonly Turn[]): (number | undefined)[] =>
  words.map(({ at }) => {
    const middle = at + WORD_LENGTH / 2
    return turns.find(({ start, end }) => start <= middle && middle < end)?.speaker
  })

it.each([25, 600])('knows who said each word, in blocks of %i s', async (blockSeconds) => {
  const words = toneProgramme(5, 70)
  const turns = await turnsOf(diarizer({ blockSeconds }), toneAudio(words, 70))
  const first = voiceOf(words[0]!.word)
  expect(speakers(words, turns)).toEqual(words.map(({ word }) => (voiceOf(word) === first ? 0 : 1)))
})

it('hears nobody in silence, and in nothing', async () => {
  expect(await turnsOf(diarizer(), new Int16Array(16_000 * 12))).toEqual([])
  expect(await turnsOf(diarizer(), new Int16Array(0))).toEqual([])
})

it('serves several recordings at once, and ends its process after the last', async () => {
  const shared = diarizer({ blockSeconds: 20 })
  const keeper = shared.open()
  const pid = shared.pid()!
  const all = [1, 2, 3].map(async (seed) => {
    const words = toneProgramme(seed, 30)
    const turns = await turnsOf(shared, toneAudio(words, 30))
    return speakers(words, turns).map((speaker, i) => `${speaker} ${voiceOf(words[i]!.word)}`)
  })
  for (const heard of await Promise.all(all)) expect(new Set(heard).size).toBe(2)
  expect(shared.pid()).toBe(pid)
  keeper.close()
  expect(shared.pid()).toBeNull()
  await expect.poll(() => alive(pid)).toBe(false)
})

it('tries a block again whose process dies', async () => {
  const killed = diarizer({ blockSeconds: 10 })
  const words = toneProgramme(9, 15)
  const pcm = toneAudio(words, 15)
  const diarization = killed.open()
  const pid = killed.pid()!
  await diarization.push(pcm)
  process.kill(pid, 'SIGKILL')
  const turns = await diarization.end()
  expect(speakers(words, turns)).not.toContain(undefined)
  expect(killed.pid()).not.toBe(pid)
  diarization.close()
})

it('says what is wrong with models that cannot be loaded, and that there are none', async () => {
  const bad = writeVoiceModels(join(dir, 'bad'))
  await writeFile(join(bad, 'segmentation.onnx'), 'no model')
  const broken = diarizer({ models: { folderOf: () => bad } })
  expect(broken.available()).toBe(true)
  await expect(turnsOf(broken, toneAudio(toneProgramme(1, 5), 5))).rejects.toMatchObject({
    code: expect.stringMatching(/unavailable|crashed/),
  })
  const none = diarizer({ models: { folderOf: () => undefined } })
  expect(none.available()).toBe(false)
  expect(() => none.open()).toThrow('no models')
})
