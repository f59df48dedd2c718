/** PCM inside Earshot is always this: 16 kHz, mono, signed 16 bit, native byte order. */
export const SAMPLE_RATE = 16_000

export interface RecogniseOptions {
  /** ISO 639-1; undefined: the model detects it, where it can. */
  language?: string
  /**
   * `translate` (to English) only where `EngineDescription.translates`; `detect`, only where `detectsLanguage`: no
   * text is wanted, but the language.
   */
  task?: 'transcribe' | 'translate' | 'detect'
  /** Text that may go before; an engine that takes no such hint passes it over. */
  prompt?: string
  /** Names and terms that may occur, each as it is written; passed over like `prompt`. */
  keywords?: readonly string[]
  /** 0 to 1: how freely the model chooses. Undefined: the engine's own way, which is the most likely words. */
  temperature?: number
  /** One of `Engine.models()`; undefined: the one that `describe` describes. */
  model?: string
  /**
   * How likely it is that speech is in the PCM: value i, 0 to 1, is of its samples from i × 512 (32 ms) on, by the
   * voice detector's frame that is nearest, which is at most 16 ms off. Undefined where no detector listened.
   */
  speech?: Float32Array | undefined
  /** Ids of the recording and its request, for log lines. Does not affect the result. */
  about?: string | undefined
}

/** Seconds. */
export interface Span {
  start: number
  end: number
}

/** Times are seconds from the start of the PCM that was handed over. */
export interface RecognisedWord {
  word: string
  start: number
  end: number
  /** 0 to 1: how sure the model is. */
  probability?: number
  /** The model's own tokens of the word. */
  tokens?: readonly number[]
}

/** What the model tells of a stretch that it decoded in one go, as Whisper measures it. */
export interface Measures {
  /** Natural logarithm, mean over the tokens. */
  avgLogProbability?: number
  /** 0 to 1. */
  noSpeechProbability?: number
  /** Length of the text over its length when compressed: text that repeats itself is above 2.4. */
  compressionRatio?: number
  /** At which it was decoded in the end. */
  temperature?: number
}

export interface RecognisedSegment extends Span, Measures {
  text: string
  tokens?: readonly number[]
}

export interface Recognition {
  text: string
  /** Present where the model gives times of words (or of tokens, from which words are made). */
  words?: RecognisedWord[]
  /**
   * What the model decoded in one go, or its own segments (Whisper's timestamps). Where there are words, the
   * transcript's segments are made of those; these then say how sure the model was.
   */
  segments?: RecognisedSegment[]
  /** Speech for which no words were found. */
  unclear?: Span[]
  /** ISO 639-1, where the model detects it. */
  language?: string
  /** 0 to 1: how likely it is among all that the model knows. Present where it was asked to detect it, and tells. */
  languageProbability?: number
  /** Natural logarithm, mean over the tokens: how sure the model is. Present where it tells. */
  logProbability?: number
  /** The model that heard it, where the request left the choice to Earshot. */
  model?: string
  /** Who heard it, where it was another machine than the one that decoded it. */
  heardBy?: string
}

export type SplitterName = 'silero' | 'energy' | 'fixed'

export interface EngineDescription {
  /** What `EARSHOT_MODEL` named, for example `whisper-base` or the name of a model folder. */
  model: string
  /** sherpa-onnx's family (`whisper`, `zipformerCtc`…), `pocketsphinx` or `openai`. */
  family: string
  /** `cpu`, `cuda`, `coreml` or `webgpu`; undefined: `cpu`. */
  device?: string
  /** Host and port of the server that does the work, where it is not this machine. */
  server?: string
  /** True for PocketSphinx: real, but far below a model's quality. Shown loudly everywhere. */
  standIn: boolean
  /** Longest PCM that one call takes, in seconds. */
  maxPartSeconds: number
  /** What parts are packed up to where pauses allow it, in seconds; undefined: 15. */
  targetPartSeconds?: number
  /** Pauses that are not carried along inside a part, in seconds; undefined: 1.5 and longer. */
  longestPauseSeconds?: number
  splitter: SplitterName
  wordTimes: boolean
  translates: boolean
  /** Whether it heeds a `prompt`. */
  prompts: boolean
  /** ISO 639-1 codes of what it speaks, and takes as `language`; null: nobody knows, and any hint is ignored. */
  languages: string[] | null
  /** Whether it tells which language is spoken. Default: it does not. */
  detectsLanguage?: boolean
  /** `auto` takes models with one before all others, the lowest first. */
  autoRank?: number
}

export interface SlotState {
  state: 'starting' | 'idle' | 'busy' | 'down'
  pid: number | null
  /** Epoch ms of the last change. */
  since: number
  restarts: number
}

/**
 * `crashed`, `hung`: the process that worked on the part died, or was killed at its deadline, twice; or somebody else
 * killed it five times. Of a single helper process, killed by somebody else, a `ToolKilled` is the cause.
 * `failed`: the engine said no. `unavailable`: no engine can be started at all.
 */
export type EngineErrorCode = 'crashed' | 'hung' | 'failed' | 'unavailable'

export class EngineError extends Error {
  readonly code: EngineErrorCode
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineError'
    this.code = code
  }
}

/**
 * Turns PCM into text. An implementation runs up to `places` parts at once and lets further calls wait in the order
 * in which they came; a part whose process dies is tried once more on a fresh process, and alone.
 */
export interface Engine {
  /** The model that is taken where none is named. */
  describe(): EngineDescription
  /** All that can be named, that one first. */
  models(): EngineDescription[]
  readonly slots: number
  /** Parts that it takes at the same time: the slots, times what each takes in one batch. */
  readonly places: number
  slotStates(): SlotState[]
  /** @throws EngineError; rejects with the signal's reason when aborted. */
  recognise(pcm: Int16Array, options: RecogniseOptions, signal: AbortSignal): Promise<Recognition>
  /**
   * Resolves when an engine process answered within the last `maxAgeMs` or answers now.
   * Stays fast under full load: a process that is busy within its deadline counts as answering.
   * @throws EngineError when none does.
   */
  probe(maxAgeMs: number): Promise<void>
  /** Waits up to `graceMs` for running parts, then ends every process. */
  close(graceMs: number): Promise<void>
}
