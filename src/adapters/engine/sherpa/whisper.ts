/** What sherpa-onnx's Whisper recogniser takes as settings of a part. */
export interface WhisperSettings {
  /** Empty: to be detected. */
  language: string
  task: 'transcribe' | 'translate'
  /** Frames of 10 ms of silence. */
  tailPaddings: number
  enableTokenTimestamps: number
  enableSegmentTimestamps: number
}

/**
 * How much silence sherpa-onnx adds to a part before Whisper's encoder sees it, in frames of 10 ms.
 *
 * The encoder's cost grows faster than its window, so a short part with the default of 10 s costs several
 * times what it needs. Too little, and the decoder may not find its end: it goes on until its limit, often
 * in a loop. So the small value is tried first, and a result that looks like one of those is made again
 * with the default.
 */
export const shortTail = (languages: readonly string[] | null): number =>
  // What sherpa-onnx suggests: 50 for English models, 300 for those of many languages.
  languages?.length === 1 ? 50 : 300
export const DEFAULT_TAIL = 1000

/** sherpa-onnx ends decoding at so many tokens a second of audio. */
export const TOKENS_PER_SECOND = 6

/** Whether the decoder stopped at its limit instead of at its end token, or went round in circles. */
export function looksRunaway(tokens: readonly string[], seconds: number): boolean {
  const limit = Math.floor(seconds * TOKENS_PER_SECOND)
  return (limit > 6 && tokens.length >= limit * 0.95) || longestLoop(tokens) >= 5
}

/** How often in a row the end of the text repeats itself, looking at loops of up to eight tokens. */
function longestLoop(tokens: readonly string[]): number {
  let longest = 1
  for (let length = 1; length <= 8; length++) {
    let times = 1
    while (repeats(tokens, length, times)) times += 1
    longest = Math.max(longest, times)
  }
  return longest
}

function repeats(tokens: readonly string[], length: number, times: number): boolean {
  const end = tokens.length
  if ((times + 1) * length > end) return false
  for (let i = 1; i <= length; i++) {
    if (tokens[end - i] !== tokens[end - i - times * length]) return false
  }
  return true
}
