import type { SegmentReply, TranscriptReply } from '../contract/native.ts'
import type { Segment, Transcript } from '../ports/transcript.ts'

/** @param words false: without the times of words, which are most of a long transcript */
export const transcriptReply = (
  { text, language, segments, unclear }: Transcript,
  words = true,
): TranscriptReply => ({
  text,
  language,
  segments: segments.map((segment) => segmentReply(segment, words)),
  ...(unclear && { unclear }),
})

/** Without the model's own measures, which nobody but OpenAI's clients has names for. */
export const segmentReply = (
  { start, end, text, words, speaker }: Segment,
  withWords = true,
): SegmentReply => ({
  start,
  end,
  text,
  ...(words && withWords && { words }),
  ...(speaker !== undefined && { speaker }),
})
