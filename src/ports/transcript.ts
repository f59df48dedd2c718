/** Times are seconds of the media, from its start. */
export interface Word {
  word: string
  start: number
  end: number
}

export interface Segment {
  start: number
  end: number
  text: string
  words?: Word[]
  speaker?: string
}

export interface Transcript {
  text: string
  segments: Segment[]
  language: string | null
}
