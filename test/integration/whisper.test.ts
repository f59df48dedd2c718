/** Whisper's path through its own driver, with weights that hear tones. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadWhisperFolder, type WhisperFolder } from '../../src/adapters/engine/whisper/folder.ts'
import { loadListener } from '../../src/adapters/engine/whisper/listener.ts'
import type { RecogniseOptions, Recognition } from '../../src/ports/engine.ts'
import { SPEECH_FRAME } from '../../src/ports/speech-detector.ts'
import { scratch } from '../support/media.ts'
import { type PlacedWord, toneAudio, WORD_LENGTH } from '../support/tone.ts'
import { inGerman, writeToneWhisper } from '../support/tone-whisper.ts'

let folder: WhisperFolder
let hear: Awaited<ReturnType<typeof loadListener>>
let dispose: () => Promise<void>
const built: string[] = []
beforeAll(async () => {
  const { dir, ...rest } = await scratch()
  dispose = rest.dispose
  folder = loadWhisperFolder(writeToneWhisper(join(dir, 'model')))
  const config = { folder, graphsDir: join(dir, 'graphs'), threads: 1 }
  hear = await loadListener(config, (line) => built.push(line))
})
afterAll(() => dispose())

const recognise = async (pcm: Int16Array, options: RecogniseOptions): Promise<Recognition> =>
  (await hear([{ pcm, options }]))[0]!

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

/** What a voice detector would say, were tones speech. */
function speechOf(words: readonly PlacedWord[], seconds: number): Float32Array {
  const frame = SPEECH_FRAME / 16_000
  const within = (time: number): boolean => words.some(({ at }) => time >= at && time < at + WORD_LENGTH)
  return Float32Array.from({ length: Math.ceil(seconds / frame) }, (_, i) =>
    within((i + 0.5) * frame) ? 0.9 : 0.05,
  )
}

describe('Whisper’s weights', () => {
  it('say themselves what they can', () => {
    expect(built).toEqual(['preparing the model toy-whisper; this is done once …'])
    expect(folder.description).toMatchObject({
      family: 'whisper',
      wordTimes: true,
      translates: true,
      languages: ['en', 'de'],
    })
  })

  it('hear which language it is, and write in it', async () => {
    expect(await recognise(toneAudio(ENGLISH, 6), {})).toMatchObject({
      text: 'three one two',
      language: 'en',
    })
    expect(await recognise(toneAudio(GERMAN, 6), {})).toMatchObject({
      text: inGerman(['seven', 'one', 'nine']).join(' '),
      language: 'de',
    })
  })

  it.each([2, 5])('weigh %s texts side by side, each part for itself', async (beamSize) => {
    const weigh = await loadListener(
      { folder, graphsDir: join(folder.dir, '../graphs'), threads: 1, beamSize },
      () => {},
    )
    const options = { speech: speechOf(ENGLISH, 6) }
    const heard = await weigh([
      { pcm: toneAudio(ENGLISH, 6), options },
      { pcm: toneAudio(GERMAN, 6), options: {} },
      { pcm: toneAudio(ENGLISH, 6), options: { ...options, temperature: 0.2 } },
    ])
    expect(heard.map(({ text }) => text)).toEqual([
      'three one two',
      inGerman(['seven', 'one', 'nine']).join(' '),
      'three one two',
    ])
    heard[0]!.words!.forEach(({ start }, i) => {
      expect(Math.abs(start - ENGLISH[i]!.at)).toBeLessThan(0.1)
    })
  })

  it('say the language that is the only one they know', async () => {
    const description = { ...folder.description, languages: ['en'], detectsLanguage: false }
    const config = {
      folder: { ...folder, description },
      graphsDir: join(folder.dir, '../graphs'),
      threads: 1,
    }
    const english = await loadListener(config, () => {})
    expect(await english([{ pcm: toneAudio(ENGLISH, 6), options: {} }])).toMatchObject([{ language: 'en' }])
  })

  it('tell the language without a text, alone and beside others', async () => {
    const [english, heard, german] = await hear([
      { pcm: toneAudio(ENGLISH, 6), options: { task: 'detect' } },
      { pcm: toneAudio(ENGLISH, 6), options: {} },
      { pcm: toneAudio(GERMAN, 25), options: { task: 'detect', prompt: 'three' } },
    ])
    expect(english).toEqual({ text: '', language: 'en', languageProbability: expect.closeTo(1, 1) })
    expect(heard).toMatchObject({ text: 'three one two', language: 'en' })
    expect(german).toMatchObject({ text: '', language: 'de' })
  })

  it('take a language, and translate into English', async () => {
    const pcm = toneAudio(GERMAN, 6)
    expect(await recognise(pcm, { language: 'en' })).toMatchObject({ text: 'seven one nine', language: 'en' })
    expect(await recognise(pcm, { task: 'translate' })).toMatchObject({
      text: 'seven one nine',
      language: 'de',
    })
  })

  it('give each word its time and its tokens, and say how sure they are of it', async () => {
    const spoken: PlacedWord[] = (['zero', 'four', 'two', 'nine', 'six'] as const).map((word, k) => ({
      word,
      at: 0.8 + 2.1 * k,
    }))
    const speech = speechOf(spoken, 12)
    const { words, unclear, logProbability } = await recognise(toneAudio(spoken, 12), { speech })
    expect(words!.map(({ word }) => word)).toEqual(spoken.map(({ word }) => word))
    for (const [i, { start, end, probability, tokens }] of words!.entries()) {
      expect(Math.abs(start - spoken[i]!.at)).toBeLessThan(0.05)
      expect(Math.abs(end - spoken[i]!.at - WORD_LENGTH)).toBeLessThan(0.1)
      expect(probability).toBeGreaterThan(0.9)
      expect(tokens).toHaveLength(1)
    }
    expect(unclear).toBeUndefined()
    expect(logProbability).toBeGreaterThan(-0.1)
  })

  it('hear the same in a part whatever stands beside it', async () => {
    const parts = [
      { pcm: toneAudio(ENGLISH, 6), options: {} },
      { pcm: toneAudio(GERMAN, 25), options: { language: 'de' } },
      { pcm: toneAudio([...GERMAN, { word: 'zero', at: 9 }], 11), options: { task: 'translate' } as const },
      { pcm: toneAudio([], 3), options: {} },
      { pcm: toneAudio([{ word: 'two', at: 0.2 }], 1), options: {} },
    ]
    const alone = []
    for (const part of parts) alone.push(...(await hear([part])))
    const together = await hear(parts)
    expect(together.map(({ text }) => text)).toEqual(alone.map(({ text }) => text))
    for (const [i, { words, language }] of together.entries()) {
      expect(language).toBe(alone[i]!.language)
      expect(words!.map(({ start, end }) => [start, end])).toEqual(
        alone[i]!.words!.map(({ start, end }) => [start, end]),
      )
    }
  })

  it('refuse a language that they do not know, and go on', async () => {
    await expect(recognise(toneAudio(ENGLISH, 6), { language: 'fr' })).rejects.toThrow(
      'toy-whisper does not know the language fr',
    )
    expect((await recognise(toneAudio(ENGLISH, 6), {})).text).toBe('three one two')
  })

  it('write nothing where nothing is heard', async () => {
    const heard = await recognise(toneAudio([], 5), {})
    expect(heard).toMatchObject({ text: '', words: [] })
    expect(heard.unclear).toBeUndefined()
  })

  it('report speech that no word was found for', async () => {
    const speech = Float32Array.from({ length: 157 }, (_, i) => (i > 30 && i < 100 ? 0.9 : 0.05))
    const { unclear } = await recognise(toneAudio([], 5), { speech })
    expect(unclear).toHaveLength(1)
    expect(unclear![0]!.start).toBeCloseTo(31 * 0.032, 1)
    expect(unclear![0]!.end).toBeCloseTo(100 * 0.032, 1)
  })
})
