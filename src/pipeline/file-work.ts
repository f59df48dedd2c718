/** What transcribing a file takes, and what comes of it. */

import type { SoundReport } from '../contract/native.ts'
import type { Wishes } from '../contract/wishes.ts'
import type { AutoWish } from '../domain/transcriptions/auto.ts'
import type { Diarizer } from '../ports/diarizer.ts'
import type { Engine, EngineDescription, RecogniseOptions, Recognition } from '../ports/engine.ts'
import type { Prober } from '../ports/prober.ts'
import type { SpeechDetector } from '../ports/speech-detector.ts'
import type { Transcript } from '../ports/transcript.ts'
import type { PartSpan } from './parts.ts'

export interface FileDeps {
  /** It describes the model that is asked for. */
  engine: Pick<Engine, 'describe' | 'places' | 'slotStates'>
  detector: SpeechDetector
  probe: Prober
  /** The model is chosen by what is heard. */
  auto?: Auto | undefined
  /** Tells the speakers apart; undefined: nobody asked for that. */
  voices?: Pick<Diarizer, 'open'> | undefined
  recognise(pcm: Int16Array, signal: AbortSignal, known: KnownOfPart): Promise<Recognition>
}

/**
 * What is known of a part: a language only where it was taken for another one than what was asked for; a model and a
 * task only where they are not the request's.
 */
type KnownOfPart = Pick<RecogniseOptions, 'language' | 'speech' | 'model' | 'task'>

/** Where the model is chosen by what is heard. */
export interface Auto {
  /** The one that serves where none is named first. */
  models: readonly EngineDescription[]
  task?: AutoWish['task']
}

export interface FileOptions {
  signal: AbortSignal
  /** Once aborted, no part is begun any more; running ones finish, then `Drained` is thrown. */
  draining?: AbortSignal
  maxSeconds: number
  /** See `DecodeOptions`. */
  track?: number | undefined
  /** `separate`: of a file with two channels that carry different things, each is heard for itself. */
  channels?: Wishes['channels']
  /** Voices that have names, each in a file of its own. */
  knownVoices?: readonly KnownVoice[]
  /** How speech is told from silence. */
  vad?: Wishes['vad']
  /** Ends when so much speech was heard as tells the language. */
  languageOnly?: boolean | undefined
  /** Told how much sound there was so far before more of it is heard; what it throws ends the work. */
  onLength?: ((seconds: number) => Promise<void>) | undefined
  /** What an earlier attempt stored for exactly this part. */
  known?(part: PartSpan): Promise<Recognition | undefined>
  /** The first part of those from this number on that an earlier attempt stored. */
  earlier?(from: number): Promise<Recognition | undefined>
  /** A part is recognised (not called for known ones). `fraction` is how much of the recording is done. */
  onPart?(part: PartSpan, result: Recognition, fraction: number): Promise<void>
}

export interface KnownVoice {
  name: string
  path: string
}

export interface TranscribedFile {
  transcript: Transcript
  /** What heard it: one, but for channels that each were heard for themselves. */
  models: EngineDescription[]
  /** Of the sound that was decoded. */
  durationSeconds: number
  /** The file's sound tracks, which of them was heard, and what of it could not be read. */
  sound: SoundReport
  /** How loud it is at each moment; see `sound/peaks.ts`. */
  waveform: Uint8Array
  /** How much of the speech was heard in the transcript's language, 0 to 1; null: no engine told. */
  languageShare: number | null
}
