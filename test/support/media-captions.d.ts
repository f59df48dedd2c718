/** What the tests use of media-captions, whose own types do not resolve under `nodenext`. */
declare module 'media-captions' {
  interface ReadCue {
    /** Seconds. */
    startTime: number
    endTime: number
    text: string
  }
  export function parseText(
    text: string,
    options: { type: 'srt' | 'vtt'; strict: boolean; errors: boolean },
  ): Promise<{ cues: ReadCue[]; errors: unknown[] }>
}
