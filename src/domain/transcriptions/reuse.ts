/**
 * The same link asked for again. Within the operator's time it is answered from the stored transcript; while
 * the first request is still under way, later ones wait for its result (they *follow* it), so that the
 * video is downloaded and recognised once. Each still has its own row, its own hold and its own end.
 */
import type { Transcript } from '../../ports/transcript.ts'
import type { Policy } from '../context.ts'
import { post } from '../credits/holds.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import { emitEnd } from '../webhooks/emit.ts'
import type { AcceptInput } from './accept.ts'
import { indexText } from './index-text.ts'

/** What makes two requests for a link the same: the video, and how its text is made. */
export function reuseKey({
  source,
  language,
  model,
  mode,
  task,
  diarize,
}: Pick<AcceptInput, 'source' | 'language' | 'model' | 'mode' | 'task' | 'diarize'>): string | null {
  if (source.kind !== 'link') return null
  const { platform, id } = source.link
  const how = [platform, id, language ?? null, model ?? null, mode ?? 'speech']
  return JSON.stringify([...how, ...(task === 'translate' ? [task] : []), ...(diarize ? ['speakers'] : [])])
}

export type Earlier = { kind: 'stored'; row: TranscriptionRow } | { kind: 'running'; id: string }

/** Finds what can answer this request: a stored transcript, or one that is being made. */
export async function findEarlier(
  tx: Tx,
  now: number,
  { reuseMs }: Pick<Policy, 'reuseMs'>,
  key: string | null,
): Promise<Earlier | undefined> {
  if (key === null || reuseMs === 0) return undefined
  // Holds the row until the end of the transaction: of two requests at once, the second finds the first.
  await tx
    .insertInto('links')
    .values({ reuse_key: key, asked_at: now })
    .onConflict((c) => c.column('reuse_key').doUpdateSet({ asked_at: now }))
    .execute()
  const stored = await tx
    .selectFrom('transcriptions')
    .selectAll()
    .where('reuse_key', '=', key)
    .where('state', '=', 'succeeded')
    // An answer that was itself reused does not make the transcript younger.
    .where('reused', '=', 0)
    .where('finished_at', '>', now - reuseMs)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (stored) return { kind: 'stored', row: stored }
  const running = await tx
    .selectFrom('transcriptions')
    .select('id')
    .where('reuse_key', '=', key)
    .where('state', 'in', ['queued', 'running'])
    .where('leader_id', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return running && { kind: 'running', id: running.id }
}

/** Such an answer is given to those, too, who have no credits left. */
export const isFree = (earlier: Earlier | undefined, { reusePrice }: Pick<Policy, 'reusePrice'>): boolean =>
  earlier?.kind === 'stored' && reusePrice === 'free'

/** Ends a request that was just accepted with a stored transcript, at the operator's price for that. */
export async function deliverStored(
  tx: Tx,
  now: number,
  row: TranscriptionRow,
  stored: TranscriptionRow,
  { reusePrice }: Pick<Policy, 'reusePrice'>,
): Promise<TranscriptionRow> {
  const cost = reusePrice === 'free' ? 0 : priceOf(row, stored)
  const ended = {
    ...row,
    ...resultOf(row, stored),
    ...succeeded(now),
    credits_debited: await post(tx, now, row.hold_id, cost),
  }
  await tx.updateTable('transcriptions').set(ended).where('id', '=', row.id).execute()
  await index(tx, ended)
  await emitEnd(tx, now, 'succeeded', ended)
  return ended
}

/** In the leader's own transaction: its followers end with it. */
export async function deliverToFollowers(tx: Tx, now: number, leaderId: string): Promise<void> {
  const followers = await tx
    .selectFrom('transcriptions')
    .selectAll()
    .where('leader_id', '=', leaderId)
    .where('state', '=', 'queued')
    .execute()
  if (followers.length === 0) return
  const leader = await tx
    .selectFrom('transcriptions')
    .selectAll()
    .where('id', '=', leaderId)
    .executeTakeFirstOrThrow()
  for (const row of followers) {
    const debited = await post(tx, now, row.hold_id, priceOf(row, leader))
    const ended = { ...resultOf(row, leader), ...succeeded(now), credits_debited: debited }
    await tx.updateTable('transcriptions').set(ended).where('id', '=', row.id).execute()
    await index(tx, { ...row, ...ended })
    await emitEnd(tx, now, 'succeeded', { ...row, ...ended })
  }
}

/** The leader ended without a result: the oldest follower does the work itself, the others follow it. */
export async function promoteFollower(tx: Tx, leaderId: string): Promise<void> {
  const [next, ...others] = await tx
    .selectFrom('transcriptions')
    .select('id')
    .where('leader_id', '=', leaderId)
    .where('state', '=', 'queued')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  if (!next) return
  await tx.updateTable('transcriptions').set({ leader_id: null }).where('id', '=', next.id).execute()
  if (others.length > 0)
    await tx
      .updateTable('transcriptions')
      .set({ leader_id: next.id })
      .where('leader_id', '=', leaderId)
      .execute()
}

const priceOf = (row: TranscriptionRow, result: TranscriptionRow): number =>
  price(JSON.parse(row.price) as PricePolicy, (result.duration_ms ?? 0) / 1000)

const succeeded = (now: number) => ({
  state: 'succeeded' as const,
  stage: null,
  pct: 100,
  reused: 1,
  started_at: now,
  finished_at: now,
})

const index = (tx: Tx, { id, title, transcript }: TranscriptionRow): Promise<void> =>
  indexText(tx, id, title, transcript === null ? '' : (JSON.parse(transcript) as Transcript).text)

/** A title that the request gave stays. */
const resultOf = (
  row: TranscriptionRow,
  {
    title,
    transcript,
    duration_ms,
    detected_language,
    language_confidence,
    model_used,
    stand_in,
    likely_lyrics,
    captions_kind,
  }: TranscriptionRow,
) => ({
  title: row.title ?? title,
  transcript,
  duration_ms,
  detected_language,
  language_confidence,
  model_used,
  stand_in,
  likely_lyrics,
  captions_kind,
})
