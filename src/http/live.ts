/** A transcription as it happens: its progress, and every segment as soon as no later part changes it. */
import type { Deps } from '../domain/context.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { storedParts } from '../domain/transcriptions/parts.ts'
import { type Status, watch } from '../domain/transcriptions/watch.ts'
import { type Wishes, wishesOf } from '../domain/transcriptions/wishes.ts'
import { replacer } from '../domain/transcripts/replace.ts'
import { mergeNext, startMerge } from '../pipeline/merge.ts'
import type { Recognition } from '../ports/engine.ts'
import type { Segment, Transcript } from '../ports/transcript.ts'

export type LiveEvent =
  | { kind: 'progress'; status: Status; segments: number }
  | { kind: 'segment'; segment: Segment; index: number }
  | { kind: 'end'; row: TranscriptionRow }

/**
 * Ends after the `end` event, or when nobody listens any more.
 * @param skip segments that the listener has already
 * @throws DomainError `server.stopping`
 */
export async function* live(deps: Deps, id: string, gone: AbortSignal, skip = 0): AsyncGenerator<LiveEvent> {
  const text = liveText(deps, id, replacer(await replacementsOf(deps, id)))
  let last = ''
  for await (const { state, stage, pct } of watch(deps, id, gone, { everySignal: true })) {
    const status = { state, stage, pct }
    if (JSON.stringify(status) !== last)
      yield { kind: 'progress', status, segments: Math.max(skip, text.count()) }
    last = JSON.stringify(status)
    for await (const { segment, index } of text.more())
      if (index >= skip) yield { kind: 'segment', segment, index }
  }
  if (gone.aborted) return
  const row = await deps.db
    .selectFrom('transcriptions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const segments = row.transcript === null ? [] : (JSON.parse(row.transcript) as Transcript).segments
  let index = Math.max(skip, text.count())
  for (const segment of index > text.count() ? segments.slice(index) : behind(segments, text.letters()))
    yield { kind: 'segment', segment, index: index++ }
  yield { kind: 'end', row }
}

/** What follows the first letters: where speakers were told apart, there are more segments than there were. */
function behind(segments: readonly Segment[], letters: number): Segment[] {
  let passed = 0
  return segments.filter(({ text }) => {
    const isNew = passed >= letters
    passed += lettersIn(text)
    return isNew
  })
}

const lettersIn = (text: string): number => text.replace(/\s+/gu, '').length

/** As in the text at the end, so that what was told before is found in it again. */
async function replacementsOf({ db }: Deps, id: string): Promise<Wishes['replacements']> {
  const row = await db.selectFrom('transcriptions').selectAll().where('id', '=', id).executeTakeFirst()
  return row && wishesOf(row).replacements
}

/** The text so far: a fold over the stored parts, which begins with the first whoever asks. */
function liveText(deps: Deps, id: string, asWritten: (segment: Segment) => Segment) {
  let state = startMerge
  let next = 0
  let count = 0
  let letters = 0
  return {
    count: () => count,
    letters: () => letters,
    async *more(): AsyncGenerator<{ segment: Segment; index: number }> {
      for (;;) {
        const parts = await storedParts(deps, id, next)
        if (parts.length === 0) return
        for (const { idx, result, ...span } of parts) {
          next = idx + 1
          const merged = mergeNext(state, {
            ...span,
            index: idx,
            result: JSON.parse(result) as Recognition,
          })
          state = merged.state
          for (const segment of merged.segments.map(asWritten)) {
            letters += lettersIn(segment.text)
            yield { segment, index: count++ }
          }
        }
      }
    },
  }
}
