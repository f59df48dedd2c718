import { describe, expect, it } from 'vitest'
import { CATALOGUE } from '../../adapters/models/catalogue.ts'
import type { EngineDescription } from '../../ports/engine.ts'
import { autoListener, autoModel, autoPlan, describeAuto } from './auto.ts'

const model = (name: string, facts: Partial<EngineDescription>): EngineDescription => ({
  model: name,
  family: 'transducer',
  standIn: false,
  maxPartSeconds: 30,
  splitter: 'silero',
  wordTimes: true,
  translates: false,
  prompts: false,
  languages: null,
  ...facts,
})
/** With what the catalogue says of it. */
const catalogued = (name: string, facts: Partial<EngineDescription> = {}): EngineDescription => {
  const manifest = CATALOGUE.find((each) => each.name === name)!.manifest as Partial<EngineDescription>
  return model(name, { languages: manifest.languages!, autoRank: manifest.autoRank!, ...facts })
}
const whisper = (name: string, facts: Partial<EngineDescription> = {}): EngineDescription =>
  model(name, {
    family: 'whisper',
    languages: ['en', 'zh', 'de', 'sw', 'no', 'ja', 'ko'],
    detectsLanguage: true,
    translates: true,
    ...facts,
  })

const BASE = whisper('whisper-base')
const TURBO = whisper('whisper-turbo', { translates: false })
const V2 = catalogued('parakeet-v2')
const V3 = catalogued('parakeet-v3')
const SENSE = catalogued('sense-voice', {
  family: 'senseVoice',
  languages: ['zh', 'yue', 'ja', 'ko', 'en'],
  detectsLanguage: true,
})
const CANARY = model('canary-180m', {
  family: 'canary',
  languages: ['en', 'es', 'de', 'fr'],
  translates: true,
})
const STAND_IN = model('pocketsphinx', { family: 'pocketsphinx', standIn: true, languages: ['en'] })
const MINE = model('mine', { family: 'zipformerCtc' })

const taken = (models: EngineDescription[], language?: string, task?: 'translate') =>
  autoModel(models, { language, task })?.model

describe('the model for a language', () => {
  const all = [BASE, TURBO, SENSE, V3, V2, CANARY]
  it.each([
    ['en', 'parakeet-v2'],
    ['de', 'parakeet-v3'],
    ['uk', 'parakeet-v3'],
    ['mt', 'parakeet-v3'],
    ['zh', 'sense-voice'],
    ['yue', 'sense-voice'],
    ['ko', 'sense-voice'],
    ['sw', 'whisper-base'],
    ['nb', 'whisper-base'],
    [undefined, 'whisper-base'],
    ['xx', undefined],
  ])('%s is %s', (language, name) => expect(taken(all, language)).toBe(name))

  it('is Parakeet v3 rather than SenseVoice in English, and SenseVoice rather than Whisper', () => {
    expect(taken([BASE, SENSE, V3], 'en')).toBe('parakeet-v3')
    expect(taken([BASE, SENSE], 'en')).toBe('sense-voice')
  })

  it('is the Whisper that serves where none is named, else the most capable one', () => {
    expect(taken([BASE, TURBO], 'sw')).toBe('whisper-base')
    expect(taken([V3, BASE, TURBO, whisper('my-own')], 'sw')).toBe('whisper-turbo')
    expect(taken([V3, whisper('my-own'), BASE])).toBe('whisper-base')
    expect(taken([V3, whisper('my-own')])).toBe('my-own')
  })

  it('is one that can translate where that is asked for', () => {
    expect(taken(all, 'de', 'translate')).toBe('whisper-base')
    expect(taken([TURBO, BASE, V3], undefined, 'translate')).toBe('whisper-base')
    expect(taken([V3, CANARY], 'de', 'translate')).toBe('canary-180m')
    expect(taken([V3, TURBO], 'de', 'translate')).toBeUndefined()
  })

  it('is any that knows it before one of which nobody knows what it knows, and never the stand-in', () => {
    expect(taken([MINE, CANARY], 'fr')).toBe('canary-180m')
    expect(taken([MINE, CANARY], 'sw')).toBeUndefined()
    expect(taken([STAND_IN, V3], 'en')).toBe('parakeet-v3')
    expect(taken([STAND_IN], 'en')).toBeUndefined()
  })

  it('is the operator’s own where its folder says so', () => {
    const icelandic = model('mine', { languages: ['is'], autoRank: 1 })
    expect(taken([whisper('whisper-base', { languages: ['is', 'en'] }), icelandic], 'is')).toBe('mine')
  })
})

describe('the language', () => {
  const listener = (...args: Parameters<typeof autoListener>) => autoListener(...args)?.model
  it('is heard by Whisper, else by what tells it, and only where it matters', () => {
    expect(listener([V3, SENSE, BASE], {})).toBe('whisper-base')
    expect(listener([TURBO, V3, BASE], {})).toBe('whisper-turbo')
    expect(listener([V3, SENSE], {})).toBe('sense-voice')
    expect(listener([V3, V2], {})).toBeUndefined()
    expect(listener([BASE, V3], { language: 'de' })).toBeUndefined()
    expect(listener([BASE], {})).toBeUndefined()
    expect(listener([BASE, MINE], {})).toBeUndefined()
    // Of these only one translates, whatever is spoken.
    expect(listener([BASE, V3, SENSE], { task: 'translate' })).toBeUndefined()
  })
})

describe('among the models', () => {
  it('auto knows what all of them know', () => {
    const auto = describeAuto([BASE, V3, SENSE])!
    expect(auto).toMatchObject({ model: 'auto', standIn: false, translates: true, detectsLanguage: true })
    expect(auto.languages).toEqual(expect.arrayContaining(['sw', 'mt', 'yue']))
    expect(new Set(auto.languages).size).toBe(auto.languages!.length)
  })

  it.each([
    ['one', [BASE]],
    ['the stand-in', [STAND_IN]],
    ['none', []],
    ['one, and one of which nothing is known', [BASE, MINE]],
    ['a size more, which it never takes', [BASE, whisper('whisper-tiny')]],
  ])('there is no auto beside %s: it would be the same', (_, models) =>
    expect(describeAuto(models)).toBeUndefined(),
  )

  it('there is one where the stand-in serves, and where another one translates', () => {
    expect(describeAuto([STAND_IN, V3])).toMatchObject({ model: 'auto', standIn: false })
    expect(describeAuto([TURBO, BASE])).toMatchObject({ translates: true })
  })

  it('its plan is told', () => {
    expect(autoPlan([BASE, V2, SENSE])).toEqual([
      { model: 'parakeet-v2', languages: ['en'] },
      { model: 'sense-voice', languages: ['ja', 'ko', 'yue', 'zh'] },
      { model: 'whisper-base', languages: [] },
    ])
  })
})
