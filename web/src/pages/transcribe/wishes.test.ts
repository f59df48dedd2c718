import { expect, it } from 'vitest'
import type { CapabilitiesReply } from '../../../../src/contract/native.ts'
import { fulfillable, modelOf } from './wishes.ts'

const model = (name: string, languages: string[] | null) => ({
  name,
  languages,
  standIn: false,
  wordTimes: true,
  translates: false,
  prompts: false,
  speed: null,
})
const server: CapabilitiesReply = {
  models: [model('large', ['de', 'en']), model('small', null)],
  price: { kind: 'flat', credits: 1 },
  secondsAhead: 0,
  defaultMode: 'auto',
  diarizes: false,
  makesVideos: false,
  maxUploadBytes: 1,
  maxMediaSeconds: 1,
}

it('takes the first model where none is named, or the named one is gone', () => {
  expect(modelOf(server, {})?.name).toBe('large')
  expect(modelOf(server, { model: 'small' })?.name).toBe('small')
  expect(modelOf(server, { model: 'gone' })?.name).toBe('large')
  expect(modelOf({ ...server, models: [] }, {})).toBeUndefined()
})

it('asks only for what the server can do', () => {
  expect(fulfillable(server, { model: 'large', language: 'de', mode: 'speech' })).toEqual({
    model: 'large',
    language: 'de',
    mode: 'speech',
  })
  expect(fulfillable(server, { model: 'small', language: 'de' })).toEqual({ model: 'small' })
  expect(fulfillable(server, { model: 'gone', language: 'fr' })).toEqual({})
})

it('names words to expect only to a model that heeds them', () => {
  const able = { ...server, models: [{ ...model('large', ['de']), prompts: true }] }
  expect(fulfillable(server, { prompt: 'Fauré' })).toEqual({})
  expect(fulfillable(able, { prompt: ' Fauré, Boulanger ' })).toEqual({ prompt: 'Fauré, Boulanger' })
  expect(fulfillable(able, { prompt: ' ' })).toEqual({})
})

it('asks for speakers and for a translation only where there are such', () => {
  const wishes = { diarize: true, task: 'translate' } as const
  expect(fulfillable(server, wishes)).toEqual({})
  const able = { ...server, diarizes: true, models: [{ ...model('large', ['de']), translates: true }] }
  expect(fulfillable(able, wishes)).toEqual(wishes)
})

it('names terms to a model that heeds them, and hears channels apart', () => {
  const able = { ...server, diarizes: true, models: [{ ...model('large', ['de']), prompts: true }] }
  const wishes = { keywords: ['Fauré'], channels: 'separate', diarize: true } as const
  expect(fulfillable(able, { ...wishes, keywords: [...wishes.keywords] })).toEqual({
    keywords: ['Fauré'],
    channels: 'separate',
  })
  expect(fulfillable(server, { keywords: ['Fauré'] })).toEqual({})
  expect(fulfillable(able, { channels: 'separate', mode: 'captions' })).toEqual({ mode: 'captions' })
})
