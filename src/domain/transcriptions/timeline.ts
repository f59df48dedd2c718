/** A transcription's life, for whoever wants to know what became of it and when. */
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Db, TranscriptionRow, Tx } from '../tables.ts'

/**
 * `begun`: a worker has claimed it, for the first time or after another. `waits`: for something that is away.
 * `given back`: its worker stopped. `left`: its worker noticed that it was ended or claimed elsewhere. `heard elsewhere`:
 * so many of its parts were, and by whom.
 */
export type EventName = 'begun' | 'waits' | 'given back' | 'left' | 'heard elsewhere'

/** Details are for operators: no text, no address of a client. */
export type Detail = Record<string, string | number | null>

export async function noteEvent(
  { db, clock }: { db: Db | Tx } & Pick<Deps, 'clock'>,
  transcriptionId: string,
  what: EventName,
  detail: Detail = {},
): Promise<void> {
  await db
    .insertInto('transcription_events')
    .values({ transcription_id: transcriptionId, at: clock.now(), what, detail: JSON.stringify(detail) })
    .execute()
}

export interface Moment {
  /** Epoch ms. */
  at: number
  what: string
  detail: Detail
}

/**
 * In the order in which it happened: what was noted, what the row says of its beginning and end, what was paid, and
 * what was told to webhooks.
 * @throws DomainError `resource.not_found`
 */
export async function timeline(
  { db }: Pick<Deps, 'db'>,
  id: string,
): Promise<{ row: TranscriptionRow; moments: Moment[] }> {
  const row = await db.selectFrom('transcriptions').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no transcription ${id}.`)
  const noted = await db
    .selectFrom('transcription_events')
    .select(['at', 'what', 'detail'])
    .where('transcription_id', '=', id)
    .orderBy('n')
    .execute()
  const moments: Moment[] = [
    accepted(row),
    ...noted.map(({ at, what, detail }) => ({ at, what, detail: JSON.parse(detail) as Detail })),
    ...(await partsOf(db, id)),
    ...ended(row),
    ...(await deliveriesOf(db, row)),
  ]
  // Stable: what happened in the same millisecond stays as it stands here.
  return { row, moments: moments.sort((a, b) => a.at - b.at) }
}

const accepted = (row: TranscriptionRow): Moment => ({
  at: row.created_at,
  what: 'accepted',
  detail: {
    account: row.account_id,
    key: row.key_id,
    surface: row.surface,
    request: row.request_id ?? null,
    trace: row.trace_id ?? null,
    hold: row.hold_id,
  },
})

/** Stored ones are there until the end. */
async function partsOf(db: Db, id: string): Promise<Moment[]> {
  const parts = await db
    .selectFrom('parts')
    .select(['idx', 'heard_by', 'created_at'])
    .where('transcription_id', '=', id)
    .orderBy('idx')
    .execute()
  return parts.map(({ idx, heard_by, created_at }) => ({
    at: created_at,
    what: 'part stored',
    detail: { part: idx, ...(heard_by !== null && { by: heard_by }) },
  }))
}

function ended(row: TranscriptionRow): Moment[] {
  if (row.finished_at === null) return []
  const detail: Detail =
    row.error_code === null
      ? {
          model: row.model_used,
          seconds: row.duration_ms === null ? null : row.duration_ms / 1000,
          credits: row.credits_debited,
        }
      : { code: row.error_code, message: row.error_message, credits: row.credits_debited }
  return [{ at: row.finished_at, what: row.state, detail }]
}

/** Their payload names the transcription; they begin when it ends. */
async function deliveriesOf(db: Db, { id, account_id, finished_at }: TranscriptionRow): Promise<Moment[]> {
  if (finished_at === null) return []
  const deliveries = await db
    .selectFrom('webhook_deliveries as d')
    .innerJoin('webhook_endpoints as e', 'e.id', 'd.endpoint_id')
    .select(['d.id', 'd.event_type', 'd.state', 'd.attempts', 'd.created_at'])
    .where('e.account_id', '=', account_id)
    .where('d.payload', 'like', `%${id}%`)
    .where('d.created_at', '>=', finished_at)
    .execute()
  return deliveries.map((each) => ({
    at: each.created_at,
    what: `webhook ${each.state}`,
    detail: { delivery: each.id, event: each.event_type, attempts: each.attempts },
  }))
}
