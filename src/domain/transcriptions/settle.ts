/**
 * The end of a transcription and of its hold, always in one transaction: delivered and posted, or not
 * delivered and returned. Whoever comes second (a cancel, a deadline, a worker that was presumed dead)
 * finds the row ended and changes nothing.
 */
import { sql } from 'kysely'
import type { SoundReport } from '../../contract/native.ts'
import type { Transcript } from '../../ports/transcript.ts'
import type { Deps, Policy } from '../context.ts'
import { post, release } from '../credits/holds.ts'
import { lockBalances } from '../credits/ledger.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import type { ErrorCode } from '../errors.ts'
import { databaseNow, freed, Lost } from '../leases/lease.ts'
import { lockRows } from '../lock-rows.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import { lockQueues } from './claim.ts'
import { indexText } from './index-text.ts'
import { deliverToFollowers, lockFollowers, promoteFollower } from './reuse.ts'
import { tellEnd } from './tell-end.ts'
import { noteEvent } from './timeline.ts'
import { keepWaveform } from './waveform.ts'

type SettleDeps = Pick<Deps, 'db' | 'signals' | 'clock'>
type SucceedDeps = SettleDeps & { policy: Pick<Policy, 'reusePrice'> }

export interface Delivered {
  transcript: Transcript
  /** Of what was decoded: its tracks, and what could not be read. */
  sound?: SoundReport
  /** How loud it is at each moment, as audiowaveform's data file. */
  waveform?: Uint8Array
  durationSeconds: number
  modelUsed: string
  standIn: boolean
  likelyLyrics: boolean
  /** What was spoken, where the text is not in it: it was translated. */
  spokenLanguage?: string | null
  languageConfidence?: number | null
  captionsKind?: 'human' | 'automatic'
}

/** Marks it succeeded and posts its price. @throws Lost */
export async function succeed(deps: SucceedDeps, id: string, token: string, done: Delivered): Promise<void> {
  const ended = await deps.db.transaction().execute(async (tx) => {
    const row = await lockUnfinished(tx, id)
    if (row?.lease_token !== token) throw new Lost()
    const followers = await lockFollowers(tx, id)
    await lockBalances(
      tx,
      [row, ...followers].map((each) => each.account_id),
    )
    const now = deps.clock.now()
    // As it is stored, so that the auditor comes to the same price.
    const durationMs = Math.round(done.durationSeconds * 1000)
    const cost = price(JSON.parse(row.price) as PricePolicy, durationMs / 1000)
    const debited = await post(tx, now, row.hold_id, cost)
    const made = {
      duration_ms: durationMs,
      credits_debited: debited,
      model_used: done.modelUsed,
      stand_in: done.standIn ? (1 as const) : (0 as const),
    }
    await tx
      .updateTable('transcriptions')
      .set({
        ...made,
        state: 'succeeded',
        stage: null,
        pct: 100,
        transcript: JSON.stringify(done.transcript),
        sound: done.sound ? JSON.stringify(done.sound) : null,
        detected_language: done.spokenLanguage ?? done.transcript.language,
        language_confidence: done.languageConfidence ?? null,
        likely_lyrics: done.likelyLyrics ? 1 : 0,
        captions_kind: done.captionsKind ?? null,
        ...freed,
        finished_at: now,
      })
      .where('id', '=', id)
      .execute()
    await indexText(tx, id, row.title, done.transcript.text)
    if (done.waveform) await keepWaveform(tx, id, done.waveform)
    // The transcript holds all that the parts said.
    await noteHelpers(deps, tx, id, await dropParts(tx, id))
    await tellEnd(tx, now, 'succeeded', { ...row, ...made })
    await deliverToFollowers(tx, now, id, followers, deps.policy)
    return [id, ...followers.map((each) => each.id)]
  })
  for (const each of ended) {
    deps.signals.publish('job.changed', each)
    deps.signals.publish('webhook.due', each)
  }
}

export interface Failure {
  code: ErrorCode
  /** Fit for the client's eyes. */
  message: string
}

/**
 * Marks it failed and returns the hold. `token` null: whoever works on it (a deadline, an operator). False: it has
 * ended already, or the claim is gone.
 */
export async function fail(
  deps: SettleDeps,
  id: string,
  token: string | null,
  failure: Failure,
  as: 'voided' | 'expired' = 'voided',
): Promise<boolean> {
  return endUnpaid(deps, id, (row) => token === null || row.lease_token === token, 'failed', failure, as)
}

/** Cancels what has not ended. False: it had ended already. */
export async function cancel(deps: SettleDeps, accountId: string, id: string): Promise<boolean> {
  return endUnpaid(deps, id, (row) => row.account_id === accountId, 'cancelled', {
    code: 'transcription.cancelled',
    message: 'The transcription was cancelled.',
  })
}

async function endUnpaid(
  deps: SettleDeps,
  id: string,
  mayEnd: (row: TranscriptionRow) => boolean,
  state: 'failed' | 'cancelled',
  failure: Failure,
  as: 'voided' | 'expired' = 'voided',
): Promise<boolean> {
  const ended = await deps.db.transaction().execute(async (tx) => {
    const row = await lockUnfinished(tx, id)
    if (!row || !mayEnd(row)) return false
    const followers = await lockFollowers(tx, id)
    const now = deps.clock.now()
    await release(tx, now, row.hold_id, as)
    if (followers.length > 0)
      await lockQueues(
        tx,
        [row, ...followers].map((each) => each.account_id),
      )
    await tx
      .updateTable('transcriptions')
      .set({
        state,
        stage: null,
        credits_debited: 0,
        error_code: failure.code,
        error_message: failure.message,
        ...freed,
        finished_at: now,
      })
      .where('id', '=', id)
      .execute()
    await dropParts(tx, id)
    await tellEnd(tx, now, state, { ...row, error_code: failure.code, error_message: failure.message })
    await promoteFollower(tx, followers)
    return true
  })
  if (ended) {
    deps.signals.publish('job.cancel', id)
    deps.signals.publish('job.changed', id)
    deps.signals.publish('job.queued', id)
    deps.signals.publish('webhook.due', id)
  }
  return ended
}

/**
 * Stored ones, and those that others were to hear: whoever is at one finds its claim gone, and a sweep removes its sound
 * where nobody waits for it here. Gives who heard those that were heard elsewhere.
 */
async function dropParts(tx: Tx, id: string): Promise<string[]> {
  await tx.deleteFrom('open_parts').where('transcription_id', '=', id).execute()
  const dropped = await tx
    .deleteFrom('parts')
    .where('transcription_id', '=', id)
    .returning('heard_by')
    .execute()
  return dropped.flatMap(({ heard_by }) => heard_by ?? [])
}

async function noteHelpers(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  id: string,
  helpers: readonly string[],
): Promise<void> {
  for (const by of new Set(helpers)) {
    const parts = helpers.filter((each) => each === by).length
    await noteEvent({ db: tx, clock }, id, 'heard elsewhere', { by, parts })
  }
}

const lockUnfinished = (tx: Tx, id: string): Promise<TranscriptionRow | undefined> =>
  lockRows(
    tx
      .selectFrom('transcriptions')
      .selectAll()
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running']),
  ).executeTakeFirst()

/** A round; the next one goes on. */
const AT_ONCE = 100

/** Ends what nobody waits for any more (deadline) and what its hold no longer covers. Returns how many. */
export async function expireOverdue(deps: SettleDeps): Promise<number> {
  const late = await deps.db
    .selectFrom('transcriptions')
    .select('id')
    // Word for word as in the index that has only these.
    .where(sql<boolean>`state in ('queued', 'running')`)
    .where('deadline_at', '<=', databaseNow)
    .limit(AT_ONCE)
    .execute()
  const uncovered = await deps.db
    .selectFrom('credit_holds as h')
    .innerJoin('transcriptions as t', 't.id', 'h.transcription_id')
    .select('t.id')
    .where('h.state', '=', 'pending')
    .where('h.expires_at', '<=', databaseNow)
    .where('t.state', 'in', ['queued', 'running'])
    .limit(AT_ONCE)
    .execute()
  let ended = 0
  for (const { id } of uncovered) if (await timeOut(deps, id, true)) ended++
  for (const { id } of late) if (await timeOut(deps, id)) ended++
  return ended
}

export const timeOut = (deps: SettleDeps, id: string, holdExpired = false): Promise<boolean> =>
  fail(
    deps,
    id,
    null,
    {
      code: 'transcription.timeout',
      message: 'The transcription took too long and was given up. Nothing was charged.',
    },
    holdExpired ? 'expired' : 'voided',
  )
