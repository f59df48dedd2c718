/** The inputs and the result of transcribing a file. */

import type { SoundReport } from '../contract/native.ts'
import type { Wishes } from '../contract/wishes.ts'
import type { AutoWish } from '../domain/transcriptions/auto.ts'
import type { Diarizer } from '../ports/diarizer.ts'
import type { Engine, EngineDescription, RecogniseOptions, Recognition } from '../ports/engine.ts'
import type { Prober } from '../ports/prober.ts'
import type { SpeechDetector } from '../ports/speech-detector.ts'
import type { Transcript } from '../ports/transcript.ts'
import type { PartSpan } from './parts.ts'
import type { TrackWish } from './sound/plans.ts'

export interface FileDeps {
  /** An engine that describes the model that was requested. */
  engine: Pick<Engine, 'describe' | 'places' | 'slotStates'>
  detector: SpeechDetector
  probe: Prober
  /** Chooses the model by the language of the speech. */
  auto?: Auto | undefined
  /** Tells the speakers apart; undefined: not requested. */
  voices?: Pick<Diarizer, 'open'> | undefined
  recognise(pcm: Int16Array, signal: AbortSignal, known: KnownOfPart): Promise<Recognition>
}

/**
 * What is known of a part: a language only where it was taken for another one than what was asked for; a model and a
 * task only where they are not the request's.
 */
type KnownOfPart = Pick<RecogniseOptions, 'language' | 'speech' | 'model' | 'task'>

/** If the model is chosen by the language of the speech. */
export interface Auto {
  /** The default model first. */
  models: readonly EngineDescription[]
  task?: AutoWish['task']
}

export interface FileOptions extends TrackWish {
  signal: AbortSignal
  /** Once aborted, no more parts start; running ones finish, then `Drained` is thrown. */
  draining?: AbortSignal
  maxSeconds: number
  /** `separate`: transcribes each channel by itself if a file has two that differ. */
  channels?: Wishes['channels']
  /** Samples of voices with known names, each in a file. */
  knownVoices?: readonly KnownVoice[]
  /** How speech is told from silence. */
  vad?: Wishes['vad']
  /** Ends as soon as there was enough speech to tell the language. */
  languageOnly?: boolean | undefined
  /** Called with the length of the sound so far before more of it is transcribed; what it throws ends the work. */
  onLength?: ((seconds: number) => Promise<void>) | undefined
  /** What an earlier attempt stored for exactly this part. */
  known?(part: PartSpan): Promise<Recognition | undefined>
  /** The first part of those from this number on that an earlier attempt stored. */
  earlier?(from: number): Promise<Recognition | undefined>
  /** Called when a part is done, but not for known ones. `fraction`: how much of the recording is done. */
  onPart?(part: PartSpan, result: Recognition, fraction: number): Promise<void>
}

export interface KnownVoice {
  name: string
  path: string
}

export interface TranscribedFile {
  transcript: Transcript
  /** The models that transcribed it: one, unless channels were transcribed separately. */
  models: EngineDescription[]
  /** Of the sound that was decoded. */
  durationSeconds: number
  /** The file's sound tracks, which of them was transcribed, and what could not be read. */
  sound: SoundReport
  /** How loud it is at each moment; see `sound/peaks.ts`. */
  waveform: Uint8Array
  /** The share of the speech that is in the transcript's language, 0 to 1; null: the engine does not say. */
  languageShare: number | null
}
