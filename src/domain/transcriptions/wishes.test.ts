import { describe, expect, it } from 'vitest'
import { wishes } from '../../contract/wishes.ts'
import { type Wishes, wishColumns, wishesKey, wishesOf } from './wishes.ts'

/** Another value than the default of each: the compiler wants one of a field that is added. */
const EACH: Required<Wishes> = {
  language: 'es',
  model: 'parakeet',
  task: 'translate',
  prompt: 'Earshot is what this is about.',
  keywords: ['Earshot', 'Eyre'],
  temperature: 0.4,
  diarize: true,
  track: 2,
  channels: 'separate',
  languageOnly: true,
  replacements: [{ from: 'eyre shot', to: 'Earshot' }],
  knownSpeakers: [{ name: 'Ann', mediaId: 'media_1' }],
  vad: { threshold: 0.7, silenceMs: 500, paddingMs: 100 },
  mode: 'captions',
}

const NAMES = Object.keys(wishes.shape) as (keyof Wishes)[]

describe.each(NAMES)('the wish %s', (name) => {
  const alone: Wishes = { [name]: EACH[name] }

  it('comes back out of its row, alone and with all others', () => {
    expect(wishesOf(wishColumns(alone))).toEqual(alone)
    expect(wishesOf(wishColumns(EACH))).toEqual(EACH)
  })

  it('makes another request', () => {
    expect(wishesKey(alone)).not.toEqual(wishesKey({}))
    const { [name]: _, ...others } = EACH
    expect(wishesKey(EACH)).not.toEqual(wishesKey(others))
  })
})

it('what goes without saying makes no other request, nor does the order', () => {
  const plain = {
    task: 'transcribe',
    mode: 'speech',
    diarize: false,
    keywords: [],
    prompt: undefined,
  } as const
  expect(wishesKey({ ...plain, keywords: [] })).toEqual(wishesKey({}))
  expect(wishesKey({ model: 'a', language: 'en' })).toEqual(wishesKey({ language: 'en', model: 'a' }))
})

it('rows from before there were more wishes are read as well', () => {
  const row = { ...wishColumns({ language: 'de', prompt: 'Hallo' }), wishes: null }
  expect(wishesOf(row)).toEqual({ language: 'de', prompt: 'Hallo' })
})
