/** The model is chosen by what is heard first. The engine is a double: it hears the tones, and knows two languages. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ffmpeg, scratch } from '../../test/support/media.ts'
import { type PlacedWord, type ToneWord, toneAudio, wav } from '../../test/support/tone.ts'
import { hearTones } from '../../test/support/tone-ear.ts'
import type { EngineDescription, RecogniseOptions, Recognition } from '../ports/engine.ts'
import type { SpeechDetector } from '../ports/speech-detector.ts'
import type { FileDeps, FileOptions } from './file-work.ts'
import { probeFile } from './probe.ts'
import { transcribeFile } from './transcribe-file.ts'

const SECONDS = 60
const HIGH: ToneWord[] = ['six', 'seven', 'eight', 'nine']
const LOW: ToneWord[] = ['one', 'two', 'three', 'four']

const talk = (words: readonly ToneWord[], from = 0): PlacedWord[] =>
  Array.from({ length: SECONDS - 2 - from }, (_, k) => ({ word: words[k % 4]!, at: from + k + 0.4 }))
const textOf = (words: readonly PlacedWord[]): string => words.map(({ word }) => word).join(' ')

const model = (name: string, facts: Partial<EngineDescription>): EngineDescription => ({
  model: name,
  family: 'transducer',
  standIn: false,
  maxPartSeconds: 10,
  splitter: 'energy',
  wordTimes: true,
  translates: false,
  prompts: false,
  languages: ['de'],
  ...facts,
})
const WHISPER = model('whisper-base', { family: 'whisper', languages: ['en', 'de'], detectsLanguage: true })
const GERMAN = model('german', { autoRank: 1, maxPartSeconds: 6 })
const AUTO = model('auto', { family: 'auto' })

let files: Awaited<ReturnType<typeof scratch>>
const path = (name: string): string => join(files.dir, `${name}.wav`)
beforeAll(async () => {
  files = await scratch()
  const write = (name: string, words: readonly PlacedWord[]): Promise<void> =>
    writeFile(path(name), wav(toneAudio(words, SECONDS)))
  await write('german', talk(HIGH))
  await write('english', talk(LOW))
  await write('late', talk(HIGH, 40))
  await write('silent', [])
  const beside = ['-filter_complex', '[0:a][1:a]amerge=inputs=2']
  await ffmpeg(['-i', path('english'), '-i', path('german'), ...beside, path('call')])
})
afterAll(() => files?.dispose())

let asked: Pick<RecogniseOptions, 'model' | 'language' | 'task'>[]
/** How likely each language is said to be. */
let likely: number
beforeEach(() => {
  asked = []
  likely = 0.95
})

const deps: FileDeps = {
  engine: { places: 2, slotStates: () => [], describe: () => AUTO },
  auto: { models: [WHISPER, GERMAN] },
  detector: {} as SpeechDetector,
  probe: probeFile,
  async recognise(pcm, _, { model, language, task }) {
    asked.push({ model, ...(language && { language }), ...(task && { task }) })
    const words = hearTones(pcm)
    const detected = HIGH.includes(words[0]!.word) ? 'de' : 'en'
    if (task === 'detect') return { text: '', language: detected, languageProbability: likely }
    const told = model === 'german' ? language : detected
    return { text: words.map((w) => w.word).join(' '), words, ...(told && { language: told }) }
  },
}
const options = (more: Partial<FileOptions> = {}): FileOptions => ({
  signal: new AbortController().signal,
  maxSeconds: 3600,
  ...more,
})
const names = (heard: { models: EngineDescription[] }): string[] => heard.models.map((each) => each.model)

describe('a recording', () => {
  it('is listened to first, and then heard by the model for its language, which is told it', async () => {
    const heard = await transcribeFile(deps, path('german'), options())
    expect(names(heard)).toEqual(['german'])
    expect(heard.transcript.text).toBe(textOf(talk(HIGH)))
    expect(heard.transcript.language).toBe('de')
    expect(heard.languageShare).toBeCloseTo(0.95)
    const [first, ...others] = asked
    expect(first).toEqual({ model: 'whisper-base', task: 'detect' })
    // Parts of 6 s: it was cut as this model wants it.
    expect(others.length).toBeGreaterThanOrEqual(SECONDS / 6 - 1)
    expect(new Set(others.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ model: 'german', language: 'de' })]),
    )
  })

  it('is heard by Whisper in all other languages, part by part in whatever that detects', async () => {
    const heard = await transcribeFile(deps, path('english'), options())
    expect(names(heard)).toEqual(['whisper-base'])
    expect(heard.transcript).toMatchObject({ text: textOf(talk(LOW)), language: 'en' })
    expect(asked.slice(1).every(({ model, language }) => model === 'whisper-base' && !language)).toBe(true)
  })

  it('may begin with silence, and loses nothing', async () => {
    const heard = await transcribeFile(deps, path('late'), options())
    expect(names(heard)).toEqual(['german'])
    expect(heard.transcript.text).toBe(textOf(talk(HIGH, 40)))
    expect(heard.transcript.segments[0]!.start).toBeCloseTo(40.4, 1)
  })

  it('is Whisper’s where nobody speaks, or nobody knows the language', async () => {
    expect(names(await transcribeFile(deps, path('silent'), options()))).toEqual(['whisper-base'])
    expect(asked).toEqual([])
    likely = 0.3
    expect(names(await transcribeFile(deps, path('german'), options()))).toEqual(['whisper-base'])
    expect(asked.filter(({ task }) => task === 'detect')).toHaveLength(3)
  })

  it('keeps its model after a restart, without listening again', async () => {
    const stored = new Map<number, Recognition>()
    const onPart: FileOptions['onPart'] = async ({ index }, result) => void stored.set(index, result)
    const first = await transcribeFile(deps, path('german'), options({ onPart }))
    const some = new Map([...stored].filter(([index]) => index < 4))
    const again = options({
      known: async ({ index }) => some.get(index),
      earlier: async (from) => some.get(from),
    })
    asked = []
    expect(await transcribeFile(deps, path('german'), again)).toEqual(first)
    expect(asked).toHaveLength(stored.size - 4)
    expect(asked.every(({ task }) => task === undefined)).toBe(true)
  })

  it('takes another where its model is gone, and nothing that that one heard', async () => {
    const stored = new Map<number, Recognition>()
    const onPart: FileOptions['onPart'] = async ({ index }, result) => void stored.set(index, result)
    await transcribeFile(deps, path('german'), options({ onPart }))
    const again = options({
      known: async ({ index }) => stored.get(index),
      earlier: async (from) => stored.get(from),
    })
    const heard = await transcribeFile({ ...deps, auto: { models: [WHISPER] } }, path('german'), again)
    expect(names(heard)).toEqual(['whisper-base'])
    expect(heard.transcript.text).toBe(textOf(talk(HIGH)))
  })

  it('with a language on each channel has a model for each', async () => {
    const heard = await transcribeFile(deps, path('call'), options({ channels: 'separate' }))
    expect(names(heard)).toEqual(['whisper-base', 'german'])
  })
})
