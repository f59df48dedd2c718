import { joined } from '../domain/transcripts/join-text.ts'
import { SAMPLE_RATE, type Span } from '../ports/engine.ts'
import type { Segment, Transcript } from '../ports/transcript.ts'
import { LanguageVote } from './language-vote.ts'
import { joinAtSeam } from './merge-seam.ts'
import { isWhole, segmentOf, toMs, wholeBefore } from './merge-segments.ts'
import { type Token, tokensOf } from './merge-tokens.ts'
import type { PartSpan, RecognisedPart } from './parts.ts'

export type { RecognisedPart } from './parts.ts'

/**
 * Merging as a fold over the parts in their order: what is known after each, as a value. Small, however long
 * the recording: what is final has left it.
 */
export interface MergeState {
  readonly last: PartSpan | null
  /** Words of the segment that is not finished. */
  readonly open: readonly Token[]
  /** Words that the next part may have heard as well. */
  readonly pending: readonly Token[]
}

export const startMerge: MergeState = { last: null, open: [], pending: [] }

export interface Merged {
  state: MergeState
  /** Segments that are final now: no later part changes them. */
  segments: Segment[]
}

/** Before the overlap with the next part, words count as heard by both when they are this near, seconds. */
const SLACK = { timed: 0.5, estimated: 3 }

/** Takes the next part. */
export function mergeNext(state: MergeState, part: RecognisedPart): Merged {
  const words = joinedTo(state, part)
  // The next part begins as far before the cut as this one goes on after it.
  const shared = part.to < part.end ? (2 * part.to - part.end) / SAMPLE_RATE : Infinity
  const sure = words.findIndex((t) => t.end > shared - (t.word === null ? SLACK.estimated : SLACK.timed))
  const final = sure < 0 ? words : words.slice(0, sure)
  const { open, segments } = segmented(state.open, final)
  const { result: _, ...last } = part
  const next = { last, open, pending: words.slice(final.length) }
  if (part.to < part.end || !isWhole(open, part.end / SAMPLE_RATE)) return { state: next, segments }
  return closed(next, segments)
}

/** What is left when no part follows. */
export function mergeEnd(state: MergeState): Segment[] {
  const { open, segments } = segmented(state.open, state.pending)
  return closed({ ...state, open, pending: [] }, segments).segments
}

function closed(state: MergeState, segments: Segment[]): Merged {
  const rest = state.open.length > 0 ? [segmentOf(state.open)] : []
  return { state: { ...state, open: [] }, segments: [...segments, ...rest] }
}

function joinedTo({ last, pending }: MergeState, part: RecognisedPart): Token[] {
  const tokens = tokensOf(part)
  if (!last || part.start >= last.end) return [...pending, ...tokens]
  const [from, cut, to] = [part.start, part.from, last.end].map((t) => t / SAMPLE_RATE)
  return joinAtSeam(pending, tokens, { from: from!, cut: cut!, to: to! })
}

function segmented(
  begun: readonly Token[],
  tokens: readonly Token[],
): { open: Token[]; segments: Segment[] } {
  let open = [...begun]
  const segments: Segment[] = []
  for (const token of tokens) {
    const last = open.at(-1)
    // Two hearings may disagree by some milliseconds: starts are kept, ends give way.
    const next = last && token.start < last.start ? { ...token, start: last.start } : token
    if (last && last.end > next.start) open[open.length - 1] = { ...last, end: next.start }
    for (let whole = 1; open.length > 0 && whole > 0; ) {
      whole = wholeBefore(open, next)
      if (whole > 0) segments.push(segmentOf(open.slice(0, whole)))
      open = open.slice(whole)
    }
    open.push(next.end < next.start ? { ...next, end: next.start } : next)
  }
  return { open, segments }
}

/** The segments that are final after the first parts of a recording, in order: for text that appears live. */
export function finalSegments(parts: readonly RecognisedPart[]): Segment[] {
  let state = startMerge
  return parts.flatMap((part) => {
    const merged = mergeNext(state, part)
    state = merged.state
    return merged.segments
  })
}

/** Takes the parts of a recording in their order, and holds no more of them than their text. */
export class Merging {
  readonly #segments: Segment[] = []
  readonly #unclear: Span[] = []
  readonly #languages: LanguageVote
  #state = startMerge

  /** @param languages each part's language is added to it, as far as the engine told */
  constructor(languages = new LanguageVote()) {
    this.#languages = languages
  }

  add(part: RecognisedPart): void {
    const { state, segments } = mergeNext(this.#state, part)
    this.#state = state
    this.#segments.push(...segments)
    for (const span of unclearIn(part)) addSpan(this.#unclear, span)
    const { result, from, to } = part
    if (result.language && result.text.trim() !== '')
      this.#languages.add(result.language, (to - from) / SAMPLE_RATE)
  }

  /** The transcript, when no part follows. @param durationSeconds of the media: no time goes beyond it */
  end(durationSeconds = Infinity): Transcript {
    this.#segments.push(...mergeEnd(this.#state))
    this.#state = startMerge
    const segments = this.#segments.map((segment) => within(segment, durationSeconds))
    const language = this.#languages.leader()?.language ?? null
    const unclear = this.#unclear.filter((span) => span.start < durationSeconds)
    return {
      text: joined(segments.map((s) => s.text)),
      segments,
      language,
      ...(unclear.length > 0 && { unclear }),
    }
  }
}

/** In media time, of what the part answers for. */
function unclearIn({ start, from, to, result }: RecognisedPart): Span[] {
  const begin = start / SAMPLE_RATE
  return (result.unclear ?? [])
    .map((span) => ({
      start: Math.max(begin + span.start, from / SAMPLE_RATE),
      end: Math.min(begin + span.end, to / SAMPLE_RATE),
    }))
    .filter((span) => span.end > span.start)
}

/** One that two parts share is one. */
function addSpan(spans: Span[], { start, end }: Span): void {
  const last = spans.at(-1)
  if (last && start <= last.end + 0.001) last.end = Math.max(last.end, toMs(end))
  else spans.push({ start: toMs(start), end: toMs(end) })
}

/** The transcript of a recording. @param parts all of them, in order */
export function mergeParts(parts: readonly RecognisedPart[], durationSeconds?: number): Transcript {
  const merging = new Merging()
  for (const part of parts) merging.add(part)
  return merging.end(durationSeconds)
}

/** A header's length may be some samples short of the sound; one that is far off is not believed. */
function within(segment: Segment, limit: number): Segment {
  if (segment.end <= limit || segment.end > limit + 1) return segment
  const cap = <T extends { start: number; end: number }>(t: T): T => ({
    ...t,
    start: Math.min(t.start, limit),
    end: Math.min(t.end, limit),
  })
  return { ...cap(segment), ...(segment.words && { words: segment.words.map(cap) }) }
}
