/**
 * What a request may wish for in how its text is made. A field that is added here travels by itself: into the
 * transcription's row, the key under which links are answered again, and, unless `run.ts` takes it out, to the
 * engine.
 */
import { z } from 'zod'
import { language } from './language.ts'

export const MODES = ['auto', 'captions', 'automatic', 'speech'] as const
export const TASKS = ['transcribe', 'translate'] as const
export const CHANNELS = ['mix', 'separate'] as const

export const MOST_KEYWORDS = 100

/** Names and terms; without doubles. */
export const keywords = z
  .array(z.string().trim().min(1).max(100))
  .max(MOST_KEYWORDS, `must not be more than ${MOST_KEYWORDS}`)
  .transform((all) => [...new Set(all)])

/** What is heard wrongly again and again, and how it is written; whole words, in whatever case. */
export const replacements = z
  .array(
    z.strictObject({
      from: z.string().trim().min(1).max(100),
      to: z.string().trim().max(200).describe('Empty: it is left out.'),
    }),
  )
  .max(500)

/** People whose voices are known: each with a file of the media library in which nobody else speaks. */
export const knownSpeakers = z
  .array(
    z.strictObject({
      name: z.string().trim().min(1).max(100),
      mediaId: z.string().min(1).max(100).describe('2 to 10 seconds are enough.'),
    }),
  )
  .max(10)

export const vad = z.strictObject({
  threshold: z
    .number()
    .min(0.05)
    .max(0.95)
    .optional()
    .describe('How likely a sound must be to be speech, for it to count; omitted: 0.5.'),
  silenceMs: z
    .number()
    .int()
    .min(100)
    .max(5000)
    .optional()
    .describe('The shortest silence, in ms, that ends a stretch of speech; omitted: 300.'),
  paddingMs: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe('Sound before a stretch of speech, in ms, that is heard with it; omitted: 300.'),
})
export type Vad = z.output<typeof vad>

export const wishes = z.strictObject({
  language: language
    .optional()
    .describe('ISO 639-1, or a tag like `pt-BR`; omitted, empty or null: detected.'),
  model: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("One of the capabilities' models; omitted, or `whisper-1`: the first of them."),
  task: z
    .enum(TASKS)
    .optional()
    .describe('`translate`: into English, where the model can. Omitted: `transcribe`.'),
  prompt: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'Text that may go before, as a hint; models without `prompts` among their capabilities pass it over.',
    ),
  keywords: keywords
    .optional()
    .describe('Names and terms that may occur, each as it is to be written; passed over like `prompt`.'),
  replacements: replacements.optional().describe('Made in the text after it was heard.'),
  temperature: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('0 to 1: how freely the model chooses its words. Omitted: as little as does well.'),
  vad: vad
    .optional()
    .describe('How speech is told from silence, and where recordings are cut; omitted: as does well.'),
  diarize: z
    .boolean()
    .optional()
    .describe('True: every segment says who speaks (`Speaker 1`…). Needs models that the operator fetches.'),
  knownSpeakers: knownSpeakers
    .optional()
    .describe(
      'Who is expected to speak; they are called by their names, all others are numbered. Asks for `diarize`.',
    ),
  track: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'Which sound track, 1 is the first. Omitted: the one in `language`, if the file says which that is, or the one that players take; where it is silent, the first that is not.',
    ),
  channels: z
    .enum(CHANNELS)
    .optional()
    .describe(
      '`separate`: a call with a speaker on each of two channels; each is heard for itself, and every segment says which (`Channel 1`, `Channel 2`). Mono, or the same on both, is heard as one. Omitted: `mix`.',
    ),
  languageOnly: z
    .boolean()
    .optional()
    .describe(
      'True: only the language is wanted. The work ends when enough speech for that was heard, and costs what was heard; the text is of that much.',
    ),
  mode: z
    .enum(MODES)
    .optional()
    .describe("Of social links: the platform's captions, or recognition. Omitted: the operator's choice."),
})
export type Wishes = z.output<typeof wishes>

/** Whether speakers are to be told apart; who names them wants that as well. */
export const tellsSpeakers = ({ diarize, knownSpeakers = [] }: Wishes): boolean =>
  diarize === true || knownSpeakers.length > 0
