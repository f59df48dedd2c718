import { z } from 'zod'
import type { Measures, Recognition } from '../../../ports/engine.ts'
import { languageCode } from './language.ts'

/** The server said 200, but what it says is no transcription. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

const seconds = z.number().nullish()
/** What is of use, and never worth a failure. */
const measure = z.number().nullish().catch(null)
/** What OpenAI's `json` and `verbose_json` have in common with what other servers make of them. */
const schema = z.object({
  text: z.string(),
  language: z.string().nullish(),
  words: z
    .array(z.object({ word: z.string(), start: seconds, end: seconds, probability: measure }))
    .nullish(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        start: seconds,
        end: seconds,
        avg_logprob: measure,
        no_speech_prob: measure,
        compression_ratio: measure,
        temperature: measure,
        tokens: z.array(z.number()).nullish().catch(null),
      }),
    )
    .nullish(),
})
type Answer = z.output<typeof schema>

/** @param length of the part, seconds: no time lies outside of it. @throws BadAnswer */
export function readAnswer(body: string, length: number): Recognition {
  const answer = parsed(body)
  const text = answer.text.trim()
  const words = timed(answer.words, length).map(({ word, probability, start, end }) => ({
    word: word.trim(),
    start,
    end,
    ...known({ probability }),
  }))
  const segments = timed(answer.segments, length).map(({ text, start, end, ...told }) => ({
    text: text.trim(),
    start,
    end,
    ...measures(told),
  }))
  const spoken = segments.filter((s) => s.text !== '')
  const language = languageCode(answer.language ?? '')
  const sure = logProbability(answer)
  return {
    text,
    ...(words.length > 0 && { words: words.filter((w) => w.word !== '') }),
    ...(spoken.length > 0 && { segments: spoken }),
    ...(language && { language }),
    ...(sure !== undefined && { logProbability: sure }),
  }
}

function parsed(body: string): Answer {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    throw new BadAnswer(body.trim() === '' ? 'an empty answer' : 'an answer that is not JSON')
  }
  const found = schema.safeParse(json)
  if (!found.success) throw new BadAnswer('JSON that is no transcription')
  return found.data
}

type Segment = NonNullable<Answer['segments']>[number]

/** Servers that do not know say 0, or an empty list, for all of them. */
function measures(told: Omit<Segment, 'text' | 'start' | 'end'>): Measures & { tokens?: number[] } {
  if (!told.avg_logprob) return {}
  return {
    ...known({
      avgLogProbability: told.avg_logprob,
      noSpeechProbability: told.no_speech_prob,
      compressionRatio: told.compression_ratio,
      temperature: told.temperature,
    }),
    ...(told.tokens?.length && { tokens: told.tokens }),
  }
}

const known = <K extends string>(all: Record<K, number | null | undefined>): Partial<Record<K, number>> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value === 'number')) as Partial<
    Record<K, number>
  >

interface Times {
  start: number
  end: number
}

/** Where one of them lacks its times, or they run backwards, none is believed. */
function timed<T extends { start?: number | null | undefined; end?: number | null | undefined }>(
  items: readonly T[] | null | undefined,
  length: number,
): (Omit<T, 'start' | 'end'> & Times)[] {
  const within = (time: number): number => Math.max(0, Math.min(time, length))
  let latest = Number.NEGATIVE_INFINITY
  const kept: (Omit<T, 'start' | 'end'> & Times)[] = []
  for (const { start, end, ...item } of items ?? []) {
    if (typeof start !== 'number' || typeof end !== 'number' || start < latest) return []
    latest = start
    kept.push({ ...item, start: within(start), end: Math.max(within(start), within(end)) })
  }
  return kept
}

/** A server that does not know it says 0 for every segment. */
function logProbability({ segments }: Answer): number | undefined {
  const known = (segments ?? []).flatMap(({ avg_logprob: p }) => (p ? [p] : []))
  return known.length > 0 ? known.reduce((sum, p) => sum + p, 0) / known.length : undefined
}
