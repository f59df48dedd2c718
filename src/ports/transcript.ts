import type { Measures, Span } from './engine.ts'

/** Times are seconds of the media, from its start. */
export interface Word {
  word: string
  start: number
  end: number
  /** 0 to 1: how sure the model is; missing where it does not tell. */
  probability?: number
}

/** A sentence, or a stretch between two pauses; with the model's own measures where it tells them. */
export interface Segment extends Measures {
  start: number
  end: number
  text: string
  words?: Word[]
  speaker?: string
  /** The model's own tokens. */
  tokens?: readonly number[]
}

export interface Transcript {
  text: string
  segments: Segment[]
  language: string | null
  /** Speech for which no words were found. */
  unclear?: Span[]
}
