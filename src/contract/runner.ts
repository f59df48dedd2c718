/**
 * What a runner and a server say to each other, under `/api/runner`. A runner asks, and waits for the answer; the server
 * never calls it. Every request carries the runner's token (`Authorization: Bearer`) and the protocol's number.
 */
import { z } from 'zod'

/** Raised when one of the two could misunderstand the other. The server refuses other numbers with 426. */
export const RUNNER_PROTOCOL = 1
export const PROTOCOL_HEADER = 'earshot-runner-protocol'
/** Of the claim that a request is about. */
export const CLAIM_HEADER = 'earshot-claim'

/** A claim lasts so long without a sign of life. */
export const RUNNER_LEASE_SECONDS = 15
/** The longest that a question for parts waits for some. */
export const LONGEST_WAIT_SECONDS = 25
const MOST_PARTS = 64

const shortText = z.string().min(1).max(200)

/** `POST /claims`: parts that the runner can hear at once; an empty list where there are none for a while. */
export const claimBody = z.strictObject({
  /** Of the program, for people. */
  version: shortText,
  host: shortText,
  models: z.array(shortText).min(1).max(200),
  /** Parts that it hears at the same time. */
  places: z.int().min(1).max(1024),
  /** Parts that it can begin now. */
  room: z.int().min(1).max(MOST_PARTS),
  /** Seconds of sound that it heard in a second, so far; null: none yet. */
  speed: z.number().min(0).max(1_000_000).nullable(),
  waitSeconds: z.number().min(0).max(LONGEST_WAIT_SECONDS),
})
export type ClaimBody = z.output<typeof claimBody>

const claimedPart = z.object({
  id: z.string(),
  /** For everything that is said of this part: it is of this claim, and of no other. */
  claim: z.string(),
  seconds: z.number(),
  /** JSON, as it goes to an engine. */
  options: z.string(),
})
export type ClaimedPartReply = z.output<typeof claimedPart>
export const claimReply = z.object({ parts: z.array(claimedPart) })
export type ClaimReply = z.output<typeof claimReply>

// `GET /parts/{id}/sound` is FLAC, 16 kHz, mono.

/** `POST /beat`: signs of life for claims. Those in `lost` are somebody else's by now, or nobody's. */
export const beatBody = z.strictObject({ claims: z.array(z.string().max(100)).max(1024) })
export const beatReply = z.object({ lost: z.array(z.string()) })

/** `POST /parts/{id}/back`: it is not heard. `tried`: because of the part. */
export const backBody = z.strictObject({ tried: z.boolean() })

const seconds = z.number().min(0)
const share = z.number().min(0).max(1)
const span = { start: seconds, end: seconds }
const tokens = z.array(z.int().min(0)).max(1000).readonly().optional()

/** `PUT /parts/{id}/result`: what there was to hear. Times are seconds from the part's beginning. */
export const partResult = z.strictObject({
  text: z.string(),
  words: z
    .array(z.strictObject({ ...span, word: z.string(), probability: share.optional(), tokens }))
    .optional(),
  segments: z
    .array(
      z.strictObject({
        ...span,
        text: z.string(),
        tokens,
        avgLogProbability: z.number().optional(),
        noSpeechProbability: share.optional(),
        compressionRatio: z.number().optional(),
        temperature: z.number().optional(),
      }),
    )
    .optional(),
  unclear: z.array(z.strictObject(span)).optional(),
  language: z.string().min(1).max(20).optional(),
  languageProbability: share.optional(),
  logProbability: z.number().optional(),
})
export type PartResult = z.output<typeof partResult>
