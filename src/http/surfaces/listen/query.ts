/** Deepgram's parameters for recordings: each is honoured, passed over where it only asks for polish, or refused. */
import { z } from 'zod'
import { language, languageText } from '../../../contract/language.ts'
import { keywords, replacements } from '../../../contract/wishes.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import { flag } from '../../flag.ts'
import { parse } from '../../parse.ts'
import type { RawSound } from '../../raw-sound.ts'

/** Given once, or again and again. */
const several = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat())

/** `multi` is many languages in one recording, which is what detecting them part by part does. */
const tag = z
  .string()
  .transform((said) => (said === 'multi' ? '' : said))
  .pipe(languageText)
  .optional()

export const listenQuery = z.object({
  model: z.string().max(100).optional(),
  language: tag,
  /** `true`, or the languages that come into question. */
  detect_language: several,
  punctuate: flag,
  smart_format: flag,
  paragraphs: flag,
  utterances: flag,
  utt_split: z.coerce.number().min(0).max(60).default(0.8),
  diarize: flag,
  diarize_model: z.string().max(20).optional(),
  multichannel: flag,
  keyterm: several.pipe(keywords),
  /** Of older models: `term:weight`. */
  keywords: several,
  tag: several,
  extra: several,
  encoding: z.string().max(20).optional(),
  sample_rate: z.coerce.number().int().min(4000).max(192_000).optional(),
  channels: z.coerce.number().int().min(1).max(20).default(1),
  callback: z.string().optional(),
  redact: several,
  replace: several,
  search: several,
  custom_topic: several,
  custom_intent: several,
  profanity_filter: z.string().optional(),
  summarize: z.string().optional(),
  topics: z.string().optional(),
  intents: z.string().optional(),
  sentiment: z.string().optional(),
  detect_entities: z.string().optional(),
  dictation: several,
  filler_words: several,
  measurements: several,
  numerals: several,
})
export type ListenQuery = z.output<typeof listenQuery>

/** What would change the answer, and is not done here: nobody shall believe that it was. */
const NOT_HERE = {
  callback: 'make a webhook with POST /v1/webhooks instead.',
  redact: 'nothing is redacted here.',
  search: 'search the text at GET /v1/transcriptions?q=… instead.',
  custom_topic: 'topics are not found here.',
  custom_intent: 'intents are not found here.',
  profanity_filter: 'nothing is left out here.',
  summarize: 'texts are not summarised here.',
  topics: 'topics are not found here.',
  intents: 'intents are not found here.',
  sentiment: 'sentiments are not found here.',
  detect_entities: 'entities are not found here.',
} as const satisfies Partial<Record<keyof ListenQuery, string>>

/** Programs set these for all that they send: nothing is refused for them, but the answer says what they did not do. */
const PASSED_OVER = {
  dictation: 'spoken commands are written as they are said.',
  filler_words: 'whether they are written is the model’s choice.',
  measurements: 'they are written as the model writes them.',
  numerals: 'they are written as the model writes them.',
} as const satisfies Partial<Record<keyof ListenQuery, string>>

export interface ListenWarning {
  parameter: string
  type: 'unsupported_parameter'
  message: string
}

/** What was asked for and passed over. */
export function warningsOf(read: ListenQuery): ListenWarning[] {
  const warn = (parameter: string, message: string): ListenWarning => ({
    parameter,
    type: 'unsupported_parameter',
    message: `${parameter}: ${message}`,
  })
  const passedOver = (Object.keys(PASSED_OVER) as (keyof typeof PASSED_OVER)[])
    .filter((name) => read[name].some(isAsked))
    .map((name) => warn(name, PASSED_OVER[name]))
  return read.detect_language.length > 1
    ? [...passedOver, warn('detect_language', 'all languages come into question, not only those.')]
    : passedOver
}

/** @throws DomainError `request.invalid` */
export function readListenQuery(query: unknown): ListenQuery {
  const read = parse(listenQuery, query)
  for (const [field, why] of Object.entries(NOT_HERE) as [keyof typeof NOT_HERE, string][])
    if (isAsked(read[field])) throw invalid(field, `${field}: ${why}`)
  if (read.multichannel && wantsSpeakers(read))
    throw invalid('diarize', 'diarize: separate channels say who speaks; leave it out, or multichannel.')
  return read
}

const invalid = (field: string, message: string): DomainError =>
  new DomainError('request.invalid', message, { field, reason: 'unsupported' })

const isAsked = (said: string | readonly string[] | undefined): boolean =>
  Array.isArray(said) ? said.length > 0 : said !== undefined && !/^(false|0|no|)$/i.test(said as string)

const wantsSpeakers = ({ diarize, diarize_model }: ListenQuery): boolean =>
  diarize || diarize_model !== undefined

/** Deepgram's own models; whichever serves here stands for them. Its `whisper-large` and the like are Whisper's. */
const DEEPGRAM_MODEL = /^(nova|enhanced|base|flux)($|-)|^whisper(-cloud)?$/

export const wishesIn = (read: ListenQuery, isKnown: (model: string) => boolean): Wishes => ({
  model:
    read.model !== undefined && DEEPGRAM_MODEL.test(read.model) && !isKnown(read.model)
      ? undefined
      : read.model,
  language: read.language ?? onlyLanguage(read.detect_language),
  diarize: wantsSpeakers(read),
  replacements: parse(z.object({ replacements }), { replacements: read.replace.map(replacement) })
    .replacements,
  channels: read.multichannel ? 'separate' : 'mix',
  keywords: parse(z.object({ keywords }), {
    keywords: [...read.keyterm, ...read.keywords.flatMap(unweighted)],
  }).keywords,
})

export const detects = ({ detect_language: said }: ListenQuery): boolean => said.some((each) => isAsked(each))

/** Where only one language comes into question, it is that. */
function onlyLanguage(said: readonly string[]): string | undefined {
  const [only] = said
  return said.length === 1 && only && !/^(true|false|0|1|yes|no)$/i.test(only)
    ? parse(z.object({ detect_language: language }), { detect_language: only }).detect_language
    : undefined
}

/** Without its weight; one that is to be heard less is no hint to hear it. */
function unweighted(term: string): string[] {
  const colon = term.lastIndexOf(':')
  const weight = colon < 0 ? Number.NaN : Number(term.slice(colon + 1))
  if (Number.isNaN(weight)) return [term]
  return weight < 0 ? [] : [term.slice(0, colon)]
}

/** `heard:written`, or what is left out. */
function replacement(said: string): { from: string; to: string } {
  const [from = '', ...to] = said.split(':')
  return parse(z.object({ replace: replacements.element }), { replace: { from, to: to.join(':') } }).replace
}

const RAW = ['linear16', 'mulaw', 'alaw'] as const

/** Undefined: the recording says itself what it is. @throws DomainError `request.invalid` */
export function rawSound({ encoding, sample_rate: rate, channels }: ListenQuery): RawSound | undefined {
  const coding = RAW.find((each) => each === encoding)
  if (coding === undefined) return undefined
  if (rate === undefined) throw invalid('sample_rate', `sample_rate: is needed with encoding=${coding}.`)
  return { coding, rate, channels }
}
