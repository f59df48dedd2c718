import { BOOL, FLOAT, INT64 } from '../onnx/build.ts'
import { END, type Piece } from '../onnx/piece.ts'
import { HEADER, HEADER_LENGTH, type WhisperTokens } from './whisper-tokens.ts'

/** sherpa-onnx's driver ends at this token, whatever the model calls its own end. */
export const END_OF_DRIVER = 2
/** The first time may be up to a second: 50 steps of 20 ms. */
const LATEST_FIRST_TIME = 50
/** Low enough never to be chosen, and finite: sums of exponentials stay numbers. */
const NEVER = -1e9
const ALWAYS = 1e9

/** What is known before the decoder is asked: names of what has the shape [1], unless said otherwise. */
export interface Moment {
  /** The tokens to look at: [1, some]. */
  tokens: string
  /** What the next call starts from: [`HISTORY_LENGTH`]. */
  history: string
  /** Whether the decoder's caches go on to the next call. */
  isKept: string
  isSetUp: string
  seeksLanguage: string
  rules: Rules
  limit: string
}

/** What the rules of times look at; flags as 0 or 1. */
interface Rules {
  /** How many tokens were chosen so far. */
  chosen: string
  lastIsTime: string
  oneBeforeIsTime: string
  /** The last time that was chosen, -1 before the first. */
  lastTime: string
}

/** How often the driver called, and `Rules`: before anything is chosen, two times count as chosen. */
const FRESH = { calls: 0, chosen: 0, lastIsTime: 1, oneBeforeIsTime: 1, lastTime: -1 }
export const HISTORY_LENGTH = Object.keys(FRESH).length

/**
 * What comes before the decoder: the driver's first call sets up, the second has the prompt instead of the token that
 * came. Where the language is unknown, that prompt is its beginning, and the third call has all of it, with the
 * language that was chosen.
 * @param ids the token that was chosen last: [1, 1]
 * @param header see `HEADER`: [`HEADER_LENGTH`]
 * @param past the history that the call before left; in the first call, nothing
 */
export function addMoment(
  piece: Piece,
  ids: string,
  header: string,
  past: string,
  known: WhisperTokens,
): Moment {
  const told = (field: keyof typeof HEADER): string =>
    piece.slice(header, HEADER[field], HEADER[field] + 1, 0)
  const { calls, ...before } = readHistory(piece, past)
  const detects = piece.equals(told('detects'), 1)
  const isSetUp = piece.equals(calls, 0)
  const seeksLanguage = piece.and(detects, piece.equals(calls, 1))
  const hasPrompt = piece.isBelow(calls, 2)
  const hasLanguage = piece.and(detects, piece.equals(calls, 2))

  const token = ownToken(piece, ids, known.end)
  const one = piece.float(1)
  const some = (when: string, tokens: string, count: string): string =>
    piece.slice(tokens, 0, piece.cast(piece.where(when, count, piece.float(0)), INT64), 0)
  const tokens = piece.concat(
    0,
    some(
      piece.or(hasPrompt, hasLanguage),
      piece.cast(piece.slice(header, HEADER.prompt, HEADER_LENGTH, 0), INT64),
      told('promptLength'),
    ),
    some(piece.not(hasPrompt), token, one),
    some(hasLanguage, piece.cast(told('task'), INT64), one),
  )

  const isChosen = piece.not(piece.or(hasPrompt, hasLanguage))
  const rules = advance(piece, before, isChosen, piece.cast(token, FLOAT), known.firstTime)
  const { chosen, lastIsTime, oneBeforeIsTime, lastTime } = rules
  return {
    tokens: piece.op('Unsqueeze', [tokens, piece.longs(0)]),
    history: piece.concat(0, piece.op('Add', [calls, one]), chosen, lastIsTime, oneBeforeIsTime, lastTime),
    isKept: piece.not(piece.or(isSetUp, seeksLanguage)),
    isSetUp,
    seeksLanguage,
    rules,
    limit: told('limit'),
  }
}

function readHistory(piece: Piece, past: string): Record<keyof typeof FRESH, string> {
  const fresh = piece.floats([HISTORY_LENGTH], Object.values(FRESH))
  const history = piece.concat(0, piece.reshape(past, -1), fresh)
  const entries = Object.keys(FRESH).map((name, i) => [name, piece.slice(history, i, i + 1, 0)])
  return Object.fromEntries(entries)
}

/** The driver's end is a token of text, which the model's own end stands for. */
function ownToken(piece: Piece, ids: string, end: number): string {
  const token = piece.reshape(ids, 1)
  return piece.where(piece.op('Equal', [token, piece.longs(end)]), piece.longs(END_OF_DRIVER), token)
}

/** With the token that was chosen, where one was. */
function advance(piece: Piece, before: Rules, isChosen: string, token: string, firstTime: number): Rules {
  const isTime = piece.not(piece.isBelow(token, firstTime))
  return {
    chosen: piece.op('Add', [before.chosen, piece.cast(isChosen, FLOAT)]),
    lastIsTime: piece.where(isChosen, piece.cast(isTime, FLOAT), before.lastIsTime),
    oneBeforeIsTime: piece.where(isChosen, before.lastIsTime, before.oneBeforeIsTime),
    lastTime: piece.where(piece.and(isChosen, isTime), token, before.lastTime),
  }
}

/**
 * What comes after the decoder: which token is chosen.
 * @param logits [1, tokens, vocabulary]
 * @returns those of the last token, so that the driver chooses the largest: [1, 1, vocabulary]
 */
export function addChoice(piece: Piece, logits: string, moment: Moment, known: WhisperTokens): string {
  const { vocabulary, end } = known
  const table = (value: (token: number) => number): string =>
    piece.floats(
      [vocabulary],
      Float32Array.from({ length: vocabulary }, (_, token) => value(token)),
    )
  const all = table((token) => token)
  const last = piece.reshape(piece.slice(logits, -1, END, 1), -1)
  const timed = ruled(piece, last, all, moment.rules, known)

  const codes = new Set(known.languages.map(({ token }) => token))
  const isLanguage = piece.cast(
    table((token) => Number(codes.has(token))),
    BOOL,
  )
  const ofLanguages = piece.where(isLanguage, last, piece.float(NEVER))
  const wanted = piece.where(moment.seeksLanguage, ofLanguages, timed)
  const isOver = piece.not(piece.or(piece.isBelow(moment.rules.chosen, moment.limit), moment.seeksLanguage))
  const always = (when: string, token: number, x: string): string =>
    piece.where(piece.and(when, piece.equals(all, token)), piece.float(ALWAYS), x)
  const chosen = always(moment.isSetUp, known.start, always(isOver, end, wanted))
  return piece.reshape(forDriver(piece, chosen, end), 1, 1, -1)
}

/**
 * Whisper's rules of times (openai/whisper, decoding.py, `ApplyTimestampRules`), as sherpa-onnx has them: text stands
 * between two times, times go up, and where all times together are likelier than the likeliest word, a time is chosen.
 */
function ruled(piece: Piece, logits: string, all: string, rules: Rules, known: WhisperTokens): string {
  const { firstTime, noTimes, end } = known
  const never = (when: string, x: string): string => piece.where(when, piece.float(NEVER), x)
  const isText = piece.isBelow(all, firstTime)
  const isTime = piece.not(isText)

  const begins = piece.equals(rules.chosen, 0)
  const afterTime = piece.and(piece.not(begins), piece.equals(rules.lastIsTime, 1))
  const twoTimes = piece.equals(rules.oneBeforeIsTime, 1)
  const hasOpened = piece.and(afterTime, twoTimes)
  const hasClosed = piece.and(afterTime, piece.not(twoTimes))
  const later = piece.op('Add', [rules.lastTime, piece.float(1)])
  const earliest = piece.where(hasClosed, rules.lastTime, later)
  const isLateStart = piece.not(piece.isBelow(all, firstTime + LATEST_FIRST_TIME + 1))
  const possible = never(
    piece.or(
      piece.equals(all, noTimes),
      piece.and(begins, piece.or(isText, isLateStart)),
      piece.and(hasOpened, isTime),
      piece.and(hasClosed, isText, piece.not(piece.equals(all, end))),
      piece.and(isTime, piece.isBelow(all, earliest)),
    ),
    logits,
  )

  const times = piece.op('ReduceLogSumExp', [piece.slice(possible, firstTime, END, 0)])
  const word = piece.op('ReduceMax', [piece.slice(possible, 0, firstTime, 0)])
  const isInText = piece.not(piece.or(begins, afterTime))
  return never(piece.and(isInText, piece.isBelow(word, times), isText), possible)
}

/** The model's end and the driver's change places. */
function forDriver(piece: Piece, logits: string, end: number): string {
  const part = (from: number, to: number): string => piece.slice(logits, from, to, 0)
  return piece.concat(
    0,
    part(0, END_OF_DRIVER),
    part(end, end + 1),
    part(END_OF_DRIVER + 1, end),
    part(END_OF_DRIVER, END_OF_DRIVER + 1),
    part(end + 1, END),
  )
}
