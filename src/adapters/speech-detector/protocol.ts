import type { Heard, SpeechSettings } from '../../ports/speech-detector.ts'

export type ToDetector =
  | { kind: 'load'; model: string }
  /** Where a recording is to be heard in another way than usual: before its first `push`. */
  | { kind: 'open'; stream: number; settings: SpeechSettings }
  | { kind: 'push'; id: number; stream: number; pcm: Int16Array }
  | { kind: 'end'; id: number; stream: number }
  | { kind: 'close'; stream: number }

export type FromDetector =
  | { kind: 'ready' }
  | { kind: 'refused'; message: string }
  | { kind: 'heard'; id: number; heard: Heard }
