/** Wire schemas of the native API: `/v1/transcriptions`, `/v1/media`, `/v1/webhooks`. Times: ISO 8601; lengths: seconds. */
import { z } from 'zod'
import { ORDERS, tag } from './archive.ts'
import { languageText } from './language.ts'
import { PLATFORMS } from './platforms.ts'
import { keywords, MODES, replacements, TASKS, tellsSpeakers, wishes } from './wishes.ts'

export const STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
/** Where media comes from: a file that was sent, the address of one, or a platform. */
export const SOURCES = ['upload', 'url', ...PLATFORMS] as const

export const LONGEST_TITLE = 300
export const title = z.string().trim().min(1).max(LONGEST_TITLE)

// ── Vocabulary ──────────────────────────────────────────────────────────────────────────────────────

/** `PUT /v1/vocabulary`: given to every transcription of the account. */
export const vocabularyBody = z.strictObject({
  keywords: keywords.default([]),
  replacements: replacements.default([]),
})

export const vocabularyReply = z.object({
  keywords: z.array(z.string()),
  replacements: z.array(z.object({ from: z.string(), to: z.string() })),
})
export type VocabularyReply = z.infer<typeof vocabularyReply>

/** `GET /v1/vocabulary/suggestions`. */
export const vocabularySuggestionsReply = z.object({
  items: z.array(
    z.object({
      from: z.string().describe('What was heard, in lower case.'),
      to: z.string().describe('What it was corrected to.'),
      count: z.number().describe('How often.'),
    }),
  ),
})
export type VocabularySuggestionsReply = z.infer<typeof vocabularySuggestionsReply>

// ── Transcriptions ──────────────────────────────────────────────────────────────────────────────────

/** `POST /v1/transcriptions`. Exactly one of `mediaId` and `url`. */
export const createTranscriptionBody = z
  .strictObject({
    mediaId: z.string().min(1).max(100).optional().describe("A file of the caller's media library."),
    url: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe('A post on one of the seven platforms, or the address of a media file.'),
    ...wishes.shape,
    title: title.optional(),
  })
  .refine((body) => (body.mediaId === undefined) !== (body.url === undefined), {
    message: 'Give either mediaId or url.',
    path: ['mediaId'],
  })
  .refine(({ mode, ...asked }) => !tellsSpeakers(asked) || (mode !== 'captions' && mode !== 'automatic'), {
    message: 'Captions do not say who speaks: leave the mode out, or say “speech”.',
    path: ['diarize'],
  })
  .refine(({ channels, mode }) => channels !== 'separate' || (mode !== 'captions' && mode !== 'automatic'), {
    message: 'Captions have no channels: leave the mode out, or say “speech”.',
    path: ['channels'],
  })
  .refine(({ channels, ...asked }) => channels !== 'separate' || !tellsSpeakers(asked), {
    message: 'Separate channels say who speaks: leave diarize out, or say “mix”.',
    path: ['channels'],
  })
  .refine(({ task, mode }) => task !== 'translate' || (mode !== 'captions' && mode !== 'automatic'), {
    message: 'Captions are not translated: leave the mode out, or say “speech”.',
    path: ['task'],
  })
export type CreateTranscriptionBody = z.input<typeof createTranscriptionBody>

export const word = z.object({
  word: z.string(),
  start: z.number(),
  end: z.number(),
  probability: z
    .number()
    .optional()
    .describe('0 to 1: how sure the model is; missing where it does not tell.'),
})

export const segment = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  words: z.array(word).optional(),
  speaker: z.string().optional(),
})
export type SegmentReply = z.infer<typeof segment>

export const transcript = z.object({
  text: z.string(),
  language: z.string().nullable(),
  segments: z.array(segment),
  unclear: z
    .array(z.object({ start: z.number(), end: z.number() }))
    .optional()
    .describe('Where somebody speaks, but no words were understood; missing where nothing is known of that.'),
})
export type TranscriptReply = z.infer<typeof transcript>

export const source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('media'), mediaId: z.string() }),
  z.object({ kind: z.literal('link'), platform: z.enum(PLATFORMS), id: z.string(), url: z.string() }),
  /** `mediaId`: the file it was fetched into, once it was. */
  z.object({ kind: z.literal('url'), url: z.string(), mediaId: z.string().nullable() }),
])

/** One in a list: everything but the text. */
export const transcriptionSummary = z.object({
  id: z.string(),
  state: z.enum(STATES),
  stage: z.enum(['downloading', 'transcribing']).nullable(),
  pct: z.number().describe('0 to 100 over all stages; never falls.'),
  queuePlace: z
    .number()
    .nullable()
    .describe(
      'Its place among the account’s transcriptions that wait for the engine; 1 is next. `state` may already be `running`. Null if it does not wait, or is behind more than a thousand.',
    ),
  secondsLeft: z
    .number()
    .nullable()
    .describe(
      'About how many seconds until it is done, estimated from the server’s recent speed. Null if that is unknown, or if it has ended.',
    ),
  title: z.string().nullable(),
  source,
  surface: z.string().describe('Which API asked: `native`, `soku`, `openai`, `soscripted`, `dashboard`.'),
  language: z.string().nullable().describe('As asked for; null: to be detected.'),
  detectedLanguage: z.string().nullable().describe('What is spoken.'),
  languageConfidence: z
    .number()
    .nullable()
    .describe(
      'How much of the speech was heard in it, 0 to 1; null: the language was given, or none was detected.',
    ),
  task: z.enum(TASKS).describe('`translate`: the text is English, whatever is spoken.'),
  diarize: z.boolean().describe('Whether the speakers were to be told apart.'),
  model: z.string().nullable(),
  modelUsed: z.string().nullable(),
  standIn: z.boolean().describe('True: a rough stand-in engine made it.'),
  mode: z.enum(MODES),
  captions: z
    .enum(['human', 'automatic'])
    .nullable()
    .describe('The captions that became the transcript; null: it was recognised.'),
  reused: z.boolean().describe('Answered from an earlier transcription of the same link.'),
  durationSeconds: z.number().nullable(),
  creditsDebited: z.number().nullable(),
  likelyLyrics: z.boolean().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  version: z.number().describe('0: as recognised; counts up with every save of an edited transcript.'),
  tags: z.array(z.string()),
  binnedAt: z.string().nullable().describe('When it was put into the bin; null: it is not in the bin.'),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})
export type TranscriptionSummary = z.infer<typeof transcriptionSummary>

/** What was in the file, and what of it could not be heard. */
export const sound = z.object({
  track: z.number().describe('The sound track that was heard, 1 is the first.'),
  tracks: z.array(
    z.object({
      track: z.number(),
      codec: z.string().nullable().describe('Null: unknown, it cannot be decoded.'),
      channels: z.number(),
      language: z.string().nullable().describe('As the file says, often three letters.'),
      title: z.string().nullable(),
      default: z.boolean().describe('The one that players take.'),
    }),
  ),
  warnings: z.array(
    z.object({
      code: z
        .enum(['media.damaged', 'media.cut_off'])
        .describe(
          '`media.damaged`: these seconds of the file could not be read; the rest is in the transcript. `media.cut_off`: the file breaks off at these moments, in the middle of a frame.',
        ),
      message: z.string(),
      spans: z.array(z.object({ start: z.number(), end: z.number() })),
    }),
  ),
})
export type SoundReport = z.infer<typeof sound>

/** `GET /v1/transcriptions/{id}`. `transcript` is null until it succeeded; `?original=true`: before any edit. */
export const transcriptionReply = transcriptionSummary.extend({
  transcript: transcript.nullable(),
  track: sound.shape.track
    .nullable()
    .describe(
      'The sound track that was heard and all that there are; null until it succeeded, and where captions were taken.',
    ),
  tracks: sound.shape.tracks.nullable(),
  warnings: sound.shape.warnings.describe('What the transcript lacks.'),
})
export type TranscriptionReply = z.infer<typeof transcriptionReply>

/** `GET /v1/transcriptions`. */
export const listTranscriptionsQuery = z.strictObject({
  q: z
    .string()
    .max(200)
    .optional()
    .describe('The words to look for; all must occur, the last one may be a beginning.'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  order: z.enum(ORDERS).default('newest'),
  tag: tag.optional(),
  bin: z.stringbool().optional().describe('Whether to list the bin instead of the library.'),
  state: z.enum(STATES).optional(),
  platform: z.enum(PLATFORMS).optional(),
  source: z.enum(SOURCES).optional(),
  mediaId: z.string().max(100).optional(),
  language: languageText.optional().describe('Asked for or detected.'),
  createdAfter: z.iso.datetime({ offset: true }).optional(),
  createdBefore: z.iso.datetime({ offset: true }).optional(),
})
export type ListTranscriptionsQuery = z.input<typeof listTranscriptionsQuery>

/** A place where a searched word occurs. */
export const hit = z.object({
  start: z.number(),
  end: z.number(),
  snippet: z.string(),
  marks: z
    .array(z.tuple([z.number(), z.number()]))
    .describe('Where the words lie in the snippet: [from, to) in UTF-16 units, in order.'),
})
export type Hit = z.infer<typeof hit>

export const listTranscriptionsReply = z.object({
  items: z.array(
    transcriptionSummary.extend({
      hits: z
        .array(hit)
        .optional()
        .describe('Only with `q`: the first places, and how many segments there are in all.'),
      hitCount: z.number().optional(),
    }),
  ),
  nextCursor: z
    .string()
    .nullable()
    .describe('Hand it back as `cursor` for the next page; null: this was the last one.'),
})
export type ListTranscriptionsReply = z.infer<typeof listTranscriptionsReply>

/** `GET /v1/transcriptions/facets`: how many there are of each kind, the most frequent first. */
export const facetsReply = z.object({
  total: z.number(),
  states: z.array(z.object({ state: z.enum(STATES), count: z.number() })),
  sources: z.array(z.object({ source: z.enum(SOURCES), count: z.number() })),
  languages: z
    .array(z.object({ language: z.string(), count: z.number() }))
    .describe('As detected, else as asked for.'),
  tags: z.array(z.object({ tag: z.string(), count: z.number() })),
  binned: z.number().describe('How many are in the bin; the other counts leave them out.'),
})
export type FacetsReply = z.infer<typeof facetsReply>

const price = z.object({ kind: z.enum(['flat', 'per_minute']), credits: z.number() })
export type Price = z.infer<typeof price>

/** `GET /v1/capabilities`: what can be asked of this server, and what it costs. */
export const capabilitiesReply = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        standIn: z.boolean().describe('True: a rough stand-in, not a speech model.'),
        wordTimes: z.boolean(),
        translates: z.boolean().describe('Into English.'),
        prompts: z.boolean().describe('Whether it heeds `prompt`.'),
        languages: z
          .array(z.string())
          .nullable()
          .describe('ISO 639-1 codes it takes as `language`; null: it takes none.'),
        speed: z
          .number()
          .nullable()
          .describe('Seconds of sound that it transcribed per second here lately. Null if not known yet.'),
      }),
    )
    .describe('What `model` may say; the first is taken where none is named.'),
  diarizes: z.boolean().describe('Whether `diarize` can be asked for.'),
  makesVideos: z.boolean().describe('Whether subtitles can be drawn into a video.'),
  /** Of a transcription: once, or for each started minute. */
  price,
  secondsAhead: z
    .number()
    .describe(
      'About how many seconds until everything under way on this server is done, and new work has it to itself.',
    ),
  defaultMode: z.enum(MODES).describe('The `mode` of links that name none.'),
  maxUploadBytes: z.number(),
  maxMediaSeconds: z.number(),
})
export type CapabilitiesReply = z.infer<typeof capabilitiesReply>

/** Some four months: beyond any recording. */
export const LONGEST_SECONDS = 10_000_000

/** `DELETE /v1/transcriptions/{id}`: what is under way is cancelled and stays listed; what has ended is removed. */
export const deleteTranscriptionReply = z.object({
  id: z.string(),
  outcome: z.enum(['cancelled', 'removed']),
})
export type DeleteTranscriptionReply = z.infer<typeof deleteTranscriptionReply>

/** `POST /v1/transcriptions/delete`: as `DELETE` of each. What is not there (any more) is left out of the reply. */
export const deleteTranscriptionsBody = z.strictObject({
  ids: z.array(z.string().min(1).max(100)).min(1).max(500),
})
export const deleteTranscriptionsReply = z.object({ items: z.array(deleteTranscriptionReply) })
export type DeleteTranscriptionsReply = z.infer<typeof deleteTranscriptionsReply>

/**
 * `GET /v1/transcriptions/{id}/events` (SSE): `progress`*, `segment`*, then `end`. Every event has an id;
 * with it as `Last-Event-ID` a new connection goes on behind it.
 */
export const progressEvent = z.object({
  state: z.enum(STATES),
  stage: transcriptionSummary.shape.stage,
  pct: z.number(),
})
export type ProgressEvent = z.infer<typeof progressEvent>
/** A segment that no longer changes. */
export const segmentEvent = segment.extend({ index: z.number() })
export type SegmentEvent = z.infer<typeof segmentEvent>
/** The last event. */
export type EndEvent = TranscriptionSummary

/** `GET /v1/transcriptions/{id}.{format}`. */
export { EXPORT_FORMATS } from './formats.ts'

// ── Media ───────────────────────────────────────────────────────────────────────────────────────────

/** `POST /v1/media` with a JSON body; else the file as the multipart field `file`. */
export const importMediaBody = z.strictObject({
  url: z.string().min(1).max(4096).describe('http or https.'),
})

/** `POST /v1/media`, `GET /v1/media/{id}`. `url` streams the file, with Range. */
export const mediaItem = z.object({
  mediaId: z.string(),
  url: z.string(),
  filename: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  durationSeconds: z.number(),
  hasVideo: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string().nullable().describe("When the operator's retention removes the file; null: never."),
})
export type MediaItem = z.infer<typeof mediaItem>

/** `GET /v1/media`. Newest first. */
export const listMediaQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const listMediaReply = z.object({ items: z.array(mediaItem), nextCursor: z.string().nullable() })
export type ListMediaReply = z.infer<typeof listMediaReply>

/** `GET /v1/uploads/{id}`: where a resumable upload stands. Sending is by tus 1.0. */
export const uploadReply = z.object({
  uploadId: z.string(),
  state: z.enum(['receiving', 'finished', 'failed']),
  filename: z.string(),
  bytes: z.number(),
  received: z.number().describe('Bytes that are here, from the beginning.'),
  mediaId: z.string().nullable().describe('The file of the library that it became.'),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type UploadReply = z.infer<typeof uploadReply>
