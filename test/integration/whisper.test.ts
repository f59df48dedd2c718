/** Whisper's path through the real engine, with a toy in its layout. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadModelFolder, type ModelFolder } from '../../src/adapters/engine/sherpa/model-folder.ts'
import { loadRecogniser } from '../../src/adapters/engine/sherpa/recogniser.ts'
import { scratch } from '../support/media.ts'
import { type PlacedWord, toneAudio } from '../support/tone.ts'
import { inGerman, writeToyWhisper } from '../support/whisper.ts'

let folder: ModelFolder
let recognise: Awaited<ReturnType<typeof loadRecogniser>>
let dispose: () => Promise<void>
beforeAll(async () => {
  const { dir, ...rest } = await scratch()
  dispose = rest.dispose
  folder = loadModelFolder(writeToyWhisper(dir))
  recognise = await loadRecogniser({ folder, threads: 1 })
})
afterAll(() => dispose())

const ENGLISH: PlacedWord[] = [
  { word: 'three', at: 0.5 },
  { word: 'one', at: 2 },
  { word: 'two', at: 4.2 },
]
const GERMAN: PlacedWord[] = [
  { word: 'seven', at: 0.6 },
  { word: 'one', at: 1.4 },
  { word: 'nine', at: 4 },
]

describe('a model in Whisper’s layout', () => {
  it('says itself what it can', () => {
    expect(folder.description).toMatchObject({
      family: 'whisper',
      translates: true,
      languages: ['en', 'de'],
      maxPartSeconds: 29,
    })
  })

  it('detects the language, and writes in it, with the times of the segment', async () => {
    const english = await recognise(toneAudio(ENGLISH, 6), {})
    expect(english).toMatchObject({ text: 'three one two', language: 'en' })
    const german = await recognise(toneAudio(GERMAN, 6), {})
    expect(german).toMatchObject({ text: inGerman(['seven', 'one', 'nine']).join(' '), language: 'de' })
    for (const [{ segments }, words] of [
      [english, ENGLISH],
      [german, GERMAN],
    ] as const) {
      expect(segments).toHaveLength(1)
      expect(segments![0]!.start).toBeCloseTo(words[0]!.at, 1)
      expect(segments![0]!.end).toBeCloseTo(words[2]!.at + 0.25, 1)
    }
  })

  it('takes a language, and translates into English', async () => {
    const pcm = toneAudio(GERMAN, 6)
    expect(await recognise(pcm, { language: 'en' })).toMatchObject({ text: 'seven one nine', language: 'en' })
    expect(await recognise(pcm, { task: 'translate' })).toMatchObject({
      text: 'seven one nine',
      language: 'de',
    })
  })

  it('refuses a language that would end its process', async () => {
    await expect(recognise(toneAudio(ENGLISH, 6), { language: 'fr' })).rejects.toThrow(
      'toy-whisper does not know the language fr',
    )
    expect((await recognise(toneAudio(ENGLISH, 6), {})).text).toBe('three one two')
  })

  it('writes nothing where nothing is heard', async () => {
    expect(await recognise(toneAudio([], 5), {})).toEqual({ text: '', language: 'en' })
  })
})
