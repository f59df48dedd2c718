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

/** What is known before a step, all of the shape [1]. */
export interface Step {
  /** The tokens to look at: [1, some]. */
  tokens: string
  /** What the next step starts from. */
  history: string
  /** Whether the decoder's caches go on to the next step. */
  isKept: string
  isSetUp: string
  seeksLanguage: string
  /** Of the tokens chosen so far. */
  chosen: string
  lastIsTime: string
  oneBeforeIsTime: string
  lastTime: string
  limit: string
}

/** How often a step was called; then what the rules look at (`Step`). */
const FRESH_HISTORY = [0, 0, 1, 1, -1]
export const HISTORY_LENGTH = FRESH_HISTORY.length

/**
 * What comes before the decoder in a step: the driver's first call sets up, the second has the prompt instead of the
 * token that came. Where the language is unknown, that prompt is its beginning, and the third call has all of it, with
 * the language that was chosen.
 * @param header see `HEADER`: [`HEADER_LENGTH`]
 */
export function addStep(piece: Piece, ids: string, header: string, past: string, known: WhisperTokens): Step {
  const and = (a: string, b: string): string => piece.op('And', [a, b])
  const not = (a: string): string => piece.op('Not', [a])
  const equals = (a: string, value: number): string => piece.op('Equal', [a, piece.float(value)])
  const pick = (when: string, a: string, b: string): string => piece.op('Where', [when, a, b])
  const all = piece.concat(0, piece.reshape(past, -1), piece.floats([HISTORY_LENGTH], FRESH_HISTORY))
  const [calls, chosen, last, before, time] = FRESH_HISTORY.map((_, i) => piece.slice(all, i, i + 1, 0)) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const told = (field: keyof typeof HEADER): string =>
    piece.slice(header, HEADER[field], HEADER[field] + 1, 0)
  const detects = equals(told('detects'), 1)
  const isSetUp = equals(calls, 0)
  const seeksLanguage = and(detects, equals(calls, 1))
  const isPrompt = piece.op('Less', [calls, piece.float(1.5)])
  const isLanguage = and(detects, equals(calls, 2))
  const isChosen = not(piece.op('Or', [isPrompt, isLanguage]))

  const token = piece.reshape(ids, 1)
  // The driver's end is a token of text, which the model's own end stands for.
  const own = pick(piece.op('Equal', [token, piece.longs(known.end)]), piece.longs(END_OF_DRIVER), token)
  const some = (when: string, tokens: string, count: string): string =>
    piece.slice(tokens, 0, piece.cast(pick(when, count, piece.float(0)), INT64), 0)
  const one = piece.float(1)
  const prompt = piece.cast(piece.slice(header, HEADER.prompt, HEADER_LENGTH, 0), INT64)
  const tokens = piece.concat(
    0,
    some(piece.op('Or', [isPrompt, isLanguage]), prompt, told('promptLength')),
    some(not(isPrompt), own, one),
    some(isLanguage, piece.cast(told('task'), INT64), one),
  )

  const value = piece.cast(own, FLOAT)
  const isTime = not(piece.op('Less', [value, piece.float(known.firstTime)]))
  const now = {
    chosen: piece.op('Add', [chosen, piece.cast(isChosen, FLOAT)]),
    last: pick(isChosen, piece.cast(isTime, FLOAT), last),
    before: pick(isChosen, last, before),
    time: pick(and(isChosen, isTime), value, time),
  }
  return {
    tokens: piece.op('Unsqueeze', [tokens, piece.longs(0)]),
    history: piece.concat(0, piece.op('Add', [calls, one]), now.chosen, now.last, now.before, now.time),
    isKept: not(piece.op('Or', [isSetUp, seeksLanguage])),
    isSetUp,
    seeksLanguage,
    chosen: now.chosen,
    lastIsTime: piece.cast(now.last, BOOL),
    oneBeforeIsTime: piece.cast(now.before, BOOL),
    lastTime: now.time,
    limit: told('limit'),
  }
}

/**
 * What comes after it: Whisper's rules of times (openai/whisper, decoding.py, `ApplyTimestampRules`), as sherpa-onnx
 * has them: text stands between two times, times go up, and a time is chosen where all times together are likelier
 * than the likeliest word.
 * @param logits [1, tokens, vocabulary] @returns those of the last token, as the driver takes them: [1, 1, vocabulary]
 */
export function addChoice(piece: Piece, logits: string, step: Step, known: WhisperTokens): string {
  const and = (a: string, b: string): string => piece.op('And', [a, b])
  const or = (...all: [string, ...string[]]): string => all.reduce((a, b) => piece.op('Or', [a, b]))
  const not = (a: string): string => piece.op('Not', [a])
  const where = (when: string, value: number, x: string): string =>
    piece.op('Where', [when, piece.float(value), x])
  const { vocabulary, firstTime, end } = known
  const places = piece.floats(
    [vocabulary],
    Array.from({ length: vocabulary }, (_, i) => i),
  )
  const is = (token: number): string => piece.op('Equal', [places, piece.float(token)])
  const isText = piece.op('Less', [places, piece.float(firstTime)])
  const isTime = not(isText)

  const begins = piece.op('Equal', [step.chosen, piece.float(0)])
  const hasOpened = and(not(begins), and(step.lastIsTime, step.oneBeforeIsTime))
  const hasClosed = and(not(begins), and(step.lastIsTime, not(step.oneBeforeIsTime)))
  const isInText = not(or(begins, step.lastIsTime))
  const later = piece.op('Add', [step.lastTime, piece.float(1)])
  const earliest = piece.op('Where', [hasClosed, step.lastTime, later])
  const tooLate = piece.op('Greater', [places, piece.float(firstTime + LATEST_FIRST_TIME)])
  const never = or(
    is(known.noTimes),
    and(begins, or(isText, tooLate)),
    and(hasOpened, isTime),
    and(hasClosed, and(isText, not(is(end)))),
    and(isTime, piece.op('Less', [places, earliest])),
  )

  const given = piece.reshape(piece.slice(logits, -1, END, 1), -1)
  const possible = where(never, NEVER, given)
  const times = piece.op('ReduceLogSumExp', [piece.slice(possible, firstTime, END, 0)])
  const word = piece.op('ReduceMax', [piece.slice(possible, 0, firstTime, 0)])
  const closes = and(isInText, piece.op('Greater', [times, word]))
  const ruled = where(and(closes, isText), NEVER, possible)

  const languages = new Set(known.languages.map(({ token }) => token))
  const isLanguage = piece.cast(
    piece.floats(
      [vocabulary],
      Array.from({ length: vocabulary }, (_, token) => Number(languages.has(token))),
    ),
    BOOL,
  )
  const ofLanguages = where(not(isLanguage), NEVER, given)
  const wanted = piece.op('Where', [step.seeksLanguage, ofLanguages, ruled])
  const isOver = and(not(piece.op('Less', [step.chosen, step.limit])), not(step.seeksLanguage))
  const ended = where(and(isOver, is(end)), ALWAYS, wanted)
  const chosen = where(and(step.isSetUp, is(known.start)), ALWAYS, ended)
  return piece.reshape(forDriver(piece, chosen, end), 1, 1, -1)
}

/** The model's end and the driver's change places. */
function forDriver(piece: Piece, x: string, end: number): string {
  const part = (from: number, to: number): string => piece.slice(x, from, to, 0)
  return piece.concat(
    0,
    part(0, END_OF_DRIVER),
    part(end, end + 1),
    part(END_OF_DRIVER + 1, end),
    part(END_OF_DRIVER, END_OF_DRIVER + 1),
    part(end + 1, END),
  )
}
