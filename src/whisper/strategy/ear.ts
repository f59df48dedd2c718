/** From sounds to words: windows, batches, second tries, holes. */
import { snapped } from '../alignment/snap.ts'
import { type Run, speechRuns } from '../alignment/speech-runs.ts'
import { tokenTimes } from '../alignment/word-times.ts'
import { decode, roomFor } from '../decoding/decode.ts'
import type { Decoded } from '../decoding/decoder.ts'
import { windowLength } from '../decoding/encode.ts'
import { encodeAll } from '../decoding/encode-all.ts'
import type { WhisperModel } from '../model.ts'
import { mergePunctuation } from '../text/punctuation.ts'
import { POSITION, SAMPLE_RATE, SPEECH_FRAME } from '../units.ts'
import { languageOf } from '../weights/spec.ts'
import { withoutEchoes } from './echoes.ts'
import { holes, letters, unclear, wordsIn } from './holes.ts'
import { compare, isDoubtful, isSilence, isUnsure, judge, MOST_REPETITION, type Verdict } from './judge.ts'
import { repeatsPrompt } from './prompt-leak.ts'
import { saidOnce } from './said-once.ts'

export interface Sound {
  /** 16 kHz, mono, −1 to 1; 28 s at most. */
  samples: Float32Array
  /** The voice detector's probability for each 512 samples; undefined: nothing is known, all may be speech. */
  speech?: Float32Array | undefined
  /** ISO code; undefined: to be detected. */
  language?: string | undefined
  task?: 'transcribe' | 'translate' | undefined
  /** What may be said: tokens of a text and of keywords. */
  prompt?: string | undefined
  temperature?: number | undefined
}

export interface HeardWord {
  word: string
  start: number
  end: number
  probability: number
  tokens: number[]
}

export interface Heard {
  text: string
  words: HeardWord[]
  language: string | undefined
  languageProbability: number
  tokens: number[]
  meanLog: number
  noSpeech: number
  compression: number
  temperature: number
  /** Speech for which no words were found. */
  unclear: Run[]
}

/** What was heard before holes are mended, with the runs of speech that its times were drawn to. */
type Draft = Omit<Heard, 'text' | 'unclear'> & { fine: Run[] }

/** A text of one window, with what is known about it. */
interface Hearing {
  row: Decoded
  text: string
  verdict: Verdict
  temperature: number
  /** Whether the window was as wide as in training. */
  wide: boolean
}

/** Parts decoded at the same time, at most. */
export const BATCH = 16
/** How a sound is heard again that was heard doubtfully: with more silence after it, then with other choices of words. */
const OTHER_WAYS = [
  { wide: true, temperature: 0 },
  { temperature: 0.2 },
  { wide: true, temperature: 0.4 },
  { temperature: 0.8 },
]
/** For where words begin and end. */
const FINE = { threshold: 0.3, pause: 0.1, shortest: 0.1 }
/** For what is listened to again. */
const COARSE = { threshold: 0.5, pause: 0.3, shortest: 0.15 }
/** A second hearing of a hole must be this sure. */
const SURE_LOG = -0.8
/** Tokens of the longest prompt: half of the decoder's positions. */
const MOST_PROMPT = 223

export class Ear {
  readonly #model: WhisperModel
  readonly #beamSize: number

  /** @param beamSize texts of a sound side by side where the model is unsure of it */
  constructor(model: WhisperModel, { beamSize = 1 }: { beamSize?: number | undefined } = {}) {
    this.#model = model
    this.#beamSize = beamSize
  }

  async hear(sounds: readonly Sound[], signal?: AbortSignal): Promise<Heard[]> {
    const hearings = await this.#listen(sounds, signal)
    const heard = sounds.map((sound, i) => this.#present(sound, hearings[i]!))
    await this.#mend(sounds, heard, signal)
    return heard.map(({ fine, ...rest }, i) => ({
      ...rest,
      text: textOf(rest.words),
      // Without the voice detector nobody knows whether there is speech at all.
      unclear: sounds[i]!.speech ? unclear(rest.words, fine, sounds[i]!.samples.length / SAMPLE_RATE) : [],
    }))
  }

  /** The first hearing of each, and others where it is doubtful. */
  async #listen(sounds: readonly Sound[], signal?: AbortSignal): Promise<Hearing[]> {
    const hearings = new Array<Hearing>(sounds.length)
    for (const group of this.#groups(sounds)) {
      const first = await this.#together(
        group.map((i) => sounds[i]!),
        {},
        signal,
      )
      for (const [at, i] of group.entries()) {
        const sound = sounds[i]!
        const hearing = repeatsPrompt(sound.prompt, first[at]!.text)
          ? (await this.#together([{ ...sound, prompt: undefined }], {}, signal))[0]!
          : first[at]!
        hearings[i] = isDoubtful(hearing.verdict) ? await this.#again(sound, hearing, signal) : hearing
      }
    }
    await this.#secondOpinions(sounds, hearings, signal)
    return hearings
  }

  /**
   * What the model was not sure of is heard in a window as wide as in training, and the surer text is taken.
   *
   * Rejected: to hear it after the text before it, as OpenAI's own driver does. It makes a recording's words alike, the
   * wrong ones too. Wrong words with base, of Spanish, French, Italian, Russian, lone and English ones, alone and after
   * what had been heard before: 120, 140, 90, 82, 15, 45 and 107, 134, 87, 90, 18, 44. And a part would depend on which
   * others were heard by then, and where.
   */
  async #secondOpinions(sounds: readonly Sound[], hearings: Hearing[], signal?: AbortSignal): Promise<void> {
    const unsure = [...hearings.keys()].filter((i) => {
      const { verdict, wide } = hearings[i]!
      return !wide && isUnsure(verdict)
    })
    for (const group of this.#groups(
      unsure.map((i) => sounds[i]!),
      true,
    )) {
      const places = group.map((at) => unsure[at]!)
      const again = await this.#together(
        places.map((i) => sounds[i]!),
        { wide: true },
        signal,
      )
      for (const [at, i] of places.entries())
        if (compare(again[at]!.verdict, hearings[i]!.verdict) < 0) hearings[i] = again[at]!
    }
  }

  /** What can be decoded together, the longest first, as many as a batch takes. */
  *#groups(sounds: readonly Sound[], wide = false): Generator<number[]> {
    const alike = new Map<string, number[]>()
    for (const [i, sound] of sounds.entries()) {
      const key = `${this.#prompt(sound).length} ${sound.task} ${sound.temperature}`
      alike.set(key, [...(alike.get(key) ?? []), i])
    }
    for (const places of alike.values()) {
      places.sort((a, b) => sounds[b]!.samples.length - sounds[a]!.samples.length)
      while (places.length > 0) {
        const { encoder, decoder } = this.#model
        const longest = windowLength(encoder, sounds[places[0]!]!.samples.length, wide) / POSITION
        const rows = Math.min(BATCH, Math.floor(decoder.positions / longest))
        yield places.splice(0, Math.max(1, rows))
      }
    }
  }

  #prompt({ prompt }: Sound): number[] {
    return prompt ? this.#model.tokenizer.encode(` ${prompt.trim()}`).slice(-MOST_PROMPT) : []
  }

  async #together(
    sounds: readonly Sound[],
    { wide = false, temperature }: { wide?: boolean; temperature?: number },
    signal?: AbortSignal,
  ): Promise<Hearing[]> {
    const { spec, tokenizer, decoder } = this.#model
    const degree = temperature ?? sounds[0]?.temperature ?? 0
    await encodeAll(
      this.#model,
      sounds.map(({ samples }) => samples),
      { wide, signal },
    )
    const prompts = sounds.map((sound) => this.#prompt(sound))
    const room = roomFor(decoder, prompts[0]!.length)
    const options = {
      prompts,
      languages: sounds.map(({ language }) =>
        language === undefined ? undefined : spec.languages[language],
      ),
      candidates: Object.values(spec.languages),
      task: sounds[0]?.task ?? ('transcribe' as const),
      temperature: degree,
      limits: sounds.map(({ samples }) => Math.min(room, mostTokens(samples.length / SAMPLE_RATE))),
      signal,
    }
    const rows = await decode(decoder, options, this.#beamSize)
    return rows.map((row) => {
      const text = tokenizer.decode(row.tokens)
      return { row, text, verdict: judge(row, text), temperature: degree, wide }
    })
  }

  /**
   * Other ways to hear the same sound, until one is to be believed: without the prompt, which may be to blame; in a
   * wider window; then with other choices of words.
   */
  async #again(sound: Sound, first: Hearing, signal?: AbortSignal): Promise<Hearing> {
    const tries = [first]
    for (const way of sound.prompt ? [{}, ...OTHER_WAYS] : OTHER_WAYS) {
      tries.push(...(await this.#together([{ ...sound, prompt: undefined }], way, signal)))
      if (!isDoubtful(tries.at(-1)!.verdict)) break
    }
    return tries.toSorted((a, b) => compare(a.verdict, b.verdict))[0]!
  }

  #present(sound: Sound, hearing: Hearing): Draft {
    const { row, verdict, temperature } = hearing
    const seconds = sound.samples.length / SAMPLE_RATE
    const fine = sound.speech ? speechRuns(sound.speech, FINE) : [{ start: 0, end: seconds }]
    return {
      words: isSilence(verdict) ? [] : snapped(this.#words(hearing, seconds), fine, seconds),
      language: languageOf(this.#model.spec, row.language),
      languageProbability: row.languageProbability,
      tokens: row.tokens,
      meanLog: verdict.meanLog,
      noSpeech: verdict.noSpeech,
      compression: verdict.compression,
      temperature,
      fine,
    }
  }

  #words({ row }: Hearing, seconds: number): HeardWord[] {
    const { spec, tokenizer } = this.#model
    const times = tokenTimes(row, spec.alignmentHeads.length, seconds)
    let at = 0
    const words = mergePunctuation(
      tokenizer.words(row.tokens, languageOf(spec, row.language) ?? 'en'),
    ).flatMap(({ text, tokens }) => {
      const from = at
      at += tokens.length
      const logs = row.logs.slice(from, at)
      if (text.trim() === '') return []
      return [
        {
          word: text,
          start: times[from]!,
          end: times[at]!,
          probability: logs.reduce((sum, log) => sum + Math.exp(log), 0) / Math.max(1, logs.length),
          tokens: [...tokens],
        },
      ]
    })
    return row.ending === 'loop' ? saidOnce(words) : withoutEchoes(words)
  }

  /** Listens again to where words hold more speech than they can be. */
  async #mend(sounds: readonly Sound[], heard: Draft[], signal?: AbortSignal): Promise<void> {
    const spans = sounds.flatMap((sound, i) => {
      if (!sound.speech) return []
      const seconds = sound.samples.length / SAMPLE_RATE
      const coarse = speechRuns(sound.speech, COARSE)
      const { words, fine } = heard[i]!
      const found =
        words.length > 0 ? holes(words, fine, coarse, seconds) : coarse.length > 0 ? [whole(coarse)] : []
      return found
        .filter((span) => span.end - span.start < seconds - 0.5)
        .map((span) => ({ i, span, sound: cut(sound, span, heard[i]!.language) }))
    })
    if (spans.length === 0) return
    const hearings = await this.#listen(
      spans.map(({ sound }) => sound),
      signal,
    )
    // From the last to the first, so that places in the list of words stay.
    for (const [at, { i, span, sound }] of [...spans.entries()].reverse()) {
      const { verdict } = hearings[at]!
      const target = heard[i]!
      const found = this.#present(sound, hearings[at]!).words.map((word) => ({
        ...word,
        start: word.start + span.start,
        end: word.end + span.start,
      }))
      const [from, to] = wordsIn(target.words, span)
      const better = letters(found) > letters(target.words.slice(from, to)) + 3
      if (verdict.meanLog > SURE_LOG && verdict.repetition <= MOST_REPETITION && !verdict.runaway && better)
        target.words = [...target.words.slice(0, from), ...found, ...target.words.slice(to)]
    }
  }
}

const whole = (runs: readonly Run[]): Run => ({ start: runs[0]!.start, end: runs.at(-1)!.end })

function cut(sound: Sound, { start, end }: Run, language: string | undefined): Sound {
  const from = Math.round(start * SAMPLE_RATE)
  const frame = Math.floor(from / SPEECH_FRAME)
  return {
    ...sound,
    samples: sound.samples.subarray(from, Math.round(end * SAMPLE_RATE)),
    speech: sound.speech?.subarray(frame, Math.ceil((end * SAMPLE_RATE) / SPEECH_FRAME)),
    language: language ?? sound.language,
  }
}

/** Nobody says more than a dozen tokens a second, in any language. */
const mostTokens = (seconds: number): number => Math.ceil(20 + 14 * seconds)

const textOf = (words: readonly HeardWord[]): string =>
  words
    .map(({ word }) => word)
    .join('')
    .trim()
