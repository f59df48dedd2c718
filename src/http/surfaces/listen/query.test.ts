import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { listenQuery, readListenQuery, warningsOf, wishesIn } from './query.ts'

const wishes = (query: object) => wishesIn(readListenQuery(query), () => false)

it('what is more than anybody may ask for is the client’s fault', () => {
  const many = (text: string): string[] => Array.from({ length: 600 }, (_, k) => `${text}${k}`)
  for (const query of [
    { keywords: many('word') },
    { keyterm: many('term') },
    { replace: many('heard:written') },
  ])
    expect(() => wishes(query)).toThrow(expect.objectContaining({ code: 'request.invalid' }))
  expect(wishes({ keywords: ['Eyre:2'], replace: ['air:Eyre'] })).toMatchObject({
    keywords: ['Eyre'],
    replacements: [{ from: 'air', to: 'Eyre' }],
  })
})

const TYPES =
  'node_modules/@deepgram/sdk/dist/cjs/api/resources/listen/resources/v1/resources/media/client/requests'
/** They change nothing in an answer, or only go with what is refused. */
const NOTHING_TO_DO = [
  'callback_method',
  'custom_intent_mode',
  'custom_topic_mode',
  'mip_opt_out',
  'url',
  'version',
]

it.each(['ListenV1RequestUrl', 'MediaTranscribeRequestOctetStream'])(
  'no parameter in Deepgram’s %s is passed over in silence',
  (type) => {
    const types = readFileSync(`${TYPES}/${type}.d.ts`, 'utf8')
    const known = [...types.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name!)
    expect(known.length).toBeGreaterThan(30)
    expect([...Object.keys(listenQuery.shape), ...NOTHING_TO_DO]).toEqual(expect.arrayContaining(known))
  },
)

it('says what it passed over', () => {
  const parameters = (query: object) => warningsOf(readListenQuery(query)).map(({ parameter }) => parameter)
  expect(parameters({ numerals: 'true', filler_words: 'false', detect_language: ['en', 'de'] })).toEqual([
    'numerals',
    'detect_language',
  ])
  expect(parameters({ smart_format: 'true', detect_language: 'true', dictation: '' })).toEqual([])
})
