import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { raiseHold } from '../credits/holds.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import { databaseNow, Lost } from '../leases/lease.ts'
import { lockRows } from '../lock-rows.ts'
import { storable } from '../storable.ts'
import type { PartRow, Stage, TranscriptionRow, Tx } from '../tables.ts'

type ProgressDeps = Pick<Deps, 'db' | 'signals' | 'clock'>

export interface Progress {
  stage: Stage
  /** 0 to 99 over all stages. A smaller value than the stored one changes nothing. */
  pct: number
}

/** @throws Lost */
export async function reportProgress(
  { db, signals }: ProgressDeps,
  id: string,
  token: string,
  progress: Progress,
): Promise<void> {
  if (!(await setProgress(db, id, token, progress))) throw new Lost()
  signals.publish('job.changed', id)
}

export interface KnownSource {
  /** What its platform, or its file, is called; a title that the account gave stays. */
  title?: string | null
  durationMs?: number
  sha256?: string
  /** The file in the library that it was fetched into. */
  mediaId?: string
}

/**
 * What is learned about the recording while working on it. With its length comes its price: that is held
 * now, so that nothing is transcribed that cannot be paid.
 * @throws DomainError `credits.insufficient`, Lost
 */
export async function describeSource(
  { db, clock }: ProgressDeps,
  id: string,
  token: string,
  { title, durationMs, sha256, mediaId }: KnownSource,
): Promise<void> {
  const set = {
    ...(title && { source_title: storable(title), title: sql<string>`coalesce(title, ${storable(title)})` }),
    ...(durationMs !== undefined && { duration_ms: durationMs }),
    ...(sha256 !== undefined && { source_sha256: sha256 }),
    ...(mediaId !== undefined && { media_id: mediaId, needs_download: 0 as const }),
  }
  if (Object.keys(set).length === 0) return
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('transcriptions')
      .set(set)
      .where('id', '=', id)
      .where('lease_token', '=', token)
      .returning(['hold_id', 'price'])
      .executeTakeFirst()
    if (!row) throw new Lost()
    if (durationMs !== undefined)
      await raiseHold(
        tx,
        clock.now(),
        row.hold_id,
        price(JSON.parse(row.price) as PricePolicy, durationMs / 1000),
      )
  })
}

/**
 * There is so much sound: where that costs more than is held, the rest is held before more is transcribed.
 * @throws DomainError `credits.insufficient`, Lost
 */
export async function coverLength(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  id: string,
  token: string,
  seconds: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockOurs(tx, id, token)
    await raiseHold(tx, clock.now(), row.hold_id, price(JSON.parse(row.price) as PricePolicy, seconds))
  })
}

/** The engine has its first part: it no longer waits. */
export async function noteHeard(
  { db, signals }: Pick<Deps, 'db' | 'signals'>,
  id: string,
  token: string,
): Promise<void> {
  await db
    .updateTable('transcriptions')
    .set({ heard_at: databaseNow })
    .where('id', '=', id)
    .where('lease_token', '=', token)
    .execute()
  signals.publish('job.changed', id)
}

/**
 * Stores a part as soon as it is recognised, so that a restart repeats one part and not a recording.
 * @throws Lost
 */
export async function recordPart(
  { db, signals, clock }: ProgressDeps,
  token: string,
  part: Omit<PartRow, 'created_at' | 'heard_by'> & Partial<Pick<PartRow, 'heard_by'>>,
  progress: Progress,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // An attempt that got further was not in vain: only deaths without progress count against the job.
    if (!(await setProgress(tx, part.transcription_id, token, { ...progress, attempts: 1 }))) throw new Lost()
    await tx
      .insertInto('parts')
      .values({ ...part, created_at: clock.now() })
      .onConflict((c) => c.columns(['transcription_id', 'idx']).doNothing())
      .execute()
  })
  signals.publish('job.changed', part.transcription_id)
}

export type StoredSpan = Pick<PartRow, 'idx' | 'start' | 'end' | 'from' | 'to'>

/** Which parts an earlier attempt stored, without what they say. */
export const storedSpans = (db: Deps['db'], id: string): Promise<StoredSpan[]> =>
  db
    .selectFrom('parts')
    .select(['idx', 'start', 'end', 'from', 'to'])
    .where('transcription_id', '=', id)
    .execute()

/** What the engine said of a stored part, as JSON. */
export const storedPart = async (db: Deps['db'], id: string, idx: number): Promise<string> =>
  (
    await db
      .selectFrom('parts')
      .select('result')
      .where('transcription_id', '=', id)
      .where('idx', '=', idx)
      .executeTakeFirstOrThrow()
  ).result

/** The media turned out to be other bytes than before: parts of the old ones are worth nothing. @throws Lost */
export async function discardParts({ db }: ProgressDeps, id: string, token: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockOurs(tx, id, token)
    await tx.deleteFrom('parts').where('transcription_id', '=', id).execute()
  })
}

/** @throws Lost */
async function lockOurs(
  tx: Tx,
  id: string,
  token: string,
): Promise<Pick<TranscriptionRow, 'hold_id' | 'price'>> {
  const row = await lockRows(
    tx
      .selectFrom('transcriptions')
      .select(['hold_id', 'price'])
      .where('id', '=', id)
      .where('lease_token', '=', token),
  ).executeTakeFirst()
  if (!row) throw new Lost()
  return row
}

async function setProgress(
  db: Deps['db'] | Tx,
  id: string,
  token: string,
  { stage, pct, ...also }: Progress & { attempts?: number },
): Promise<boolean> {
  const floor = Math.min(99, Math.max(0, Math.floor(pct)))
  const result = await db
    .updateTable('transcriptions')
    .set({
      ...also,
      // A download that goes on beside the recognition does not bring its stage back.
      stage:
        stage === 'downloading'
          ? sql`case when stage = 'transcribing' then stage else 'downloading' end`
          : stage,
      pct: sql`case when pct > ${floor} then pct else ${floor} end`,
    })
    .where('id', '=', id)
    .where('lease_token', '=', token)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
