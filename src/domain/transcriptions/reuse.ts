/**
 * The same link asked for again. Within the operator's time it is answered from the stored transcript; while
 * the first request is still under way, later ones wait for its result (they *follow* it), so that the
 * video is downloaded and recognised once. Each still has its own row, its own hold and its own end.
 */
import type { Transcript } from '../../ports/transcript.ts'
import type { Policy } from '../context.ts'
import { post, raiseHold, release } from '../credits/holds.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import { DomainError } from '../errors.ts'
import { lockRows } from '../lock-rows.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import { indexText } from './index-text.ts'
import type { Source } from './source.ts'
import { tellEnd } from './tell-end.ts'
import { copyWaveform } from './waveform.ts'
import { type Wishes, wishesKey } from './wishes.ts'

/** What makes two requests for a link the same: the video, and how its text is made. */
export function reuseKey({ source, wishes }: { source: Source; wishes: Wishes }): string | null {
  if (source.kind !== 'link') return null
  const { platform, id } = source.link
  return JSON.stringify([platform, id, ...wishesKey(wishes)])
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
  const stored = await findStored(tx, now - reuseMs, key)
  if (stored) return { kind: 'stored', row: stored }
  const running = await lockRunning(tx, key)
  if (running) return { kind: 'running', id: running.id }
  // It may have ended while its row was waited for.
  const ended = await findStored(tx, now - reuseMs, key)
  return ended && { kind: 'stored', row: ended }
}

const findStored = (tx: Tx, since: number, key: string): Promise<TranscriptionRow | undefined> =>
  tx
    .selectFrom('transcriptions')
    .selectAll()
    .where('reuse_key', '=', key)
    .where('state', '=', 'succeeded')
    // An answer that was itself reused does not make the transcript younger.
    .where('reused', '=', 0)
    // Whoever put it into the bin wants it deleted.
    .where('binned_at', 'is', null)
    .where('finished_at', '>', since)
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whose end waits for this transaction, so that it finds the follower. */
const lockRunning = (tx: Tx, key: string): Promise<{ id: string } | undefined> =>
  lockRows(
    tx
      .selectFrom('transcriptions')
      .select('id')
      .where('reuse_key', '=', key)
      .where('state', 'in', ['queued', 'running'])
      .where('leader_id', 'is', null),
  ).executeTakeFirst()

/**
 * Those that wait for its result, locked. Before anybody's money moves: whoever ends a transcription locks
 * rows first and balances after them, those in the order of their accounts, so that nobody waits in a circle.
 */
export const lockFollowers = (tx: Tx, leaderId: string): Promise<TranscriptionRow[]> =>
  lockRows(
    tx
      .selectFrom('transcriptions')
      .selectAll()
      .where('leader_id', '=', leaderId)
      .where('state', '=', 'queued')
      .orderBy('id'),
  ).execute()

/** What the answer costs that another transcription's result is, by the operator's choice. */
export const costOf = (
  ours: PricePolicy,
  { duration_ms }: Pick<TranscriptionRow, 'duration_ms'>,
  { reusePrice }: Pick<Policy, 'reusePrice'>,
): number => (reusePrice === 'free' ? 0 : price(ours, (duration_ms ?? 0) / 1000))

/** Ends a request that was just accepted with a stored transcript, at the operator's price for that. */
export async function deliverStored(
  tx: Tx,
  now: number,
  row: TranscriptionRow,
  stored: TranscriptionRow,
  policy: Pick<Policy, 'reusePrice'>,
): Promise<TranscriptionRow> {
  const cost = costOf(priceOf(row), stored, policy)
  const ended = {
    ...row,
    ...resultOf(row, stored),
    ...succeeded(now),
    credits_debited: await post(tx, now, row.hold_id, cost),
  }
  await tx.updateTable('transcriptions').set(ended).where('id', '=', row.id).execute()
  await index(tx, ended)
  await copyWaveform(tx, stored.id, row.id)
  await tellEnd(tx, now, 'succeeded', ended)
  return ended
}

/**
 * In the leader's own transaction: its followers end with it. Only now it is known what they cost; who cannot
 * pay that gets nothing.
 */
export async function deliverToFollowers(
  tx: Tx,
  now: number,
  leaderId: string,
  followers: readonly TranscriptionRow[],
  policy: Pick<Policy, 'reusePrice'>,
): Promise<void> {
  if (followers.length === 0) return
  const leader = await tx
    .selectFrom('transcriptions')
    .selectAll()
    .where('id', '=', leaderId)
    .executeTakeFirstOrThrow()
  for (const row of followers) {
    const end = await endOfFollower(tx, now, row, leader, costOf(priceOf(row), leader, policy))
    await tx.updateTable('transcriptions').set(end).where('id', '=', row.id).execute()
    const ended = { ...row, ...end }
    if (end.state === 'succeeded') {
      await index(tx, ended)
      await copyWaveform(tx, leaderId, row.id)
    }
    await tellEnd(tx, now, end.state, ended)
  }
}

async function endOfFollower(
  tx: Tx,
  now: number,
  row: TranscriptionRow,
  leader: TranscriptionRow,
  cost: number,
) {
  try {
    await raiseHold(tx, now, row.hold_id, cost)
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    await release(tx, now, row.hold_id, 'voided')
    const { code, message } = cause
    return { ...failed(now), error_code: code, error_message: message }
  }
  const debited = await post(tx, now, row.hold_id, cost)
  return { ...resultOf(row, leader), ...succeeded(now), credits_debited: debited }
}

/** The leader ended without a result: the oldest follower does the work itself, the others follow it. */
export async function promoteFollower(tx: Tx, followers: readonly TranscriptionRow[]): Promise<void> {
  const [next, ...others] = [...followers].sort(
    (a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1),
  )
  if (!next) return
  await tx.updateTable('transcriptions').set({ leader_id: null }).where('id', '=', next.id).execute()
  if (others.length > 0)
    await tx
      .updateTable('transcriptions')
      .set({ leader_id: next.id })
      .where('leader_id', '=', next.leader_id)
      .execute()
}

const priceOf = (row: TranscriptionRow): PricePolicy => JSON.parse(row.price) as PricePolicy

const failed = (now: number) => ({
  state: 'failed' as const,
  stage: null,
  credits_debited: 0,
  finished_at: now,
})

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

/**
 * What an answer takes over from another account's work: what was recognised, and of the names only the one that
 * the platform itself gives. The other's own title, and its edits, are its own.
 */
const resultOf = (
  row: TranscriptionRow,
  {
    source_title,
    transcript,
    sound,
    duration_ms,
    detected_language,
    language_confidence,
    model_used,
    stand_in,
    likely_lyrics,
    captions_kind,
  }: TranscriptionRow,
) => ({
  title: row.title ?? source_title,
  source_title,
  transcript,
  sound,
  duration_ms,
  detected_language,
  language_confidence,
  model_used,
  stand_in,
  likely_lyrics,
  captions_kind,
})
