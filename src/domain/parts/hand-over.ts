/** What whoever decodes a recording does with the parts that it cannot take at once itself. */
import { Readable } from 'node:stream'
import type { EngineErrorCode, Recognition } from '../../ports/engine.ts'
import type { Deps } from '../context.ts'
import { newId } from '../ids.ts'
import { isFree, Lost } from '../leases/lease.ts'
import { lockRows } from '../lock-rows.ts'
import { noteStray, removeStray } from '../media/strays.ts'
import type { Db } from '../tables.ts'
import type { OpenPartRow } from './table.ts'

type PartDeps = Pick<Deps, 'db' | 'signals' | 'clock' | 'media'>

/** What became of a part: as the engine says it, with who heard it. */
export type Outcome = { result: Recognition } | { failure: { code: EngineErrorCode; message: string } }

/** Where parts lie in the media store: what is there and belongs to no open part is swept. */
export const PARTS_FOLDER = 'parts/'
export const folderOf = (transcriptionId: string): string => `${PARTS_FOLDER}${transcriptionId}/`

export interface Handed
  extends Pick<
    OpenPartRow,
    'transcription_id' | 'account_id' | 'digest' | 'handed_by' | 'model' | 'store' | 'samples' | 'options'
  > {
  flac: Uint8Array
  /** Of the transcription's claim: nothing is handed over for one that has ended, or runs elsewhere by now. */
  token: string
}

/**
 * Stores its sound and lets everybody have it. Gives its id.
 * @throws Lost; StorageAway; the signal's reason
 */
export async function handOver(
  deps: PartDeps,
  { flac, token, ...part }: Handed,
  signal: AbortSignal,
): Promise<string> {
  const id = newId('part')
  const storage_key = `${folderOf(part.transcription_id)}${id}.flac`
  await noteStray(deps.db, storage_key, deps.clock.now())
  try {
    await deps.media.put(storage_key, Readable.from([flac], { objectMode: false }), signal)
    await deps.db.transaction().execute(async (tx) => {
      const ours = await lockRows(
        tx
          .selectFrom('transcriptions')
          .select('id')
          .where('id', '=', part.transcription_id)
          .where('lease_token', '=', token),
      ).executeTakeFirst()
      if (!ours) throw new Lost()
      await tx
        .insertInto('open_parts')
        .values({
          ...part,
          id,
          storage_key,
          tries: 0,
          claimed_by: null,
          claimed_at: null,
          outcome: null,
          lease_token: null,
          lease_until: null,
          created_at: deps.clock.now(),
        })
        .execute()
    })
  } catch (error) {
    await removeStray(deps, storage_key).catch(() => {}) // then a sweep does
    throw error
  }
  deps.signals.publish('part.open', id)
  return id
}

/** What an earlier run of the same recording has handed over, by digest. */
export const handedOver = async ({ db }: { db: Db }, transcriptionId: string): Promise<Map<string, string>> =>
  new Map(
    (
      await db
        .selectFrom('open_parts')
        .select(['digest', 'id'])
        .where('transcription_id', '=', transcriptionId)
        .execute()
    ).map(({ digest, id }) => [digest, id]),
  )

/** Takes over what an earlier run waits for no more. False: it is gone. */
export async function inherit({ db }: { db: Db }, id: string, worker: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('open_parts')
    .set({ handed_by: worker })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Look {
  id: string
  outcome: Outcome | undefined
  /** Who has it, or had it last. */
  by: string | null
  /** Nobody works on it. */
  free: boolean
  tries: number
}

/** How things stand with some of them; those that are gone are left out. */
export async function lookAt({ db }: { db: Db }, ids: readonly string[]): Promise<Look[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('open_parts')
    .select(['id', 'outcome', 'claimed_by', 'tries', isFree('open_parts').as('free')])
    .where('id', 'in', ids)
    .execute()
  return rows.map(({ id, outcome, claimed_by, tries, free }) => ({
    id,
    outcome: outcome === null ? undefined : (JSON.parse(outcome) as Outcome),
    by: claimed_by,
    free: Boolean(free),
    tries,
  }))
}

/** Takes back what nobody has begun. False: somebody has it, or has heard it. */
export async function takeBack(deps: Pick<Deps, 'db' | 'media'>, id: string): Promise<boolean> {
  const row = await deps.db
    .deleteFrom('open_parts')
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .where(isFree('open_parts'))
    .returning('storage_key')
    .executeTakeFirst()
  if (row) await removeStray(deps, row.storage_key).catch(() => {}) // then a sweep does
  return row !== undefined
}

/** Its outcome was collected, or nobody wants it any more. Whoever works on it finds its claim gone. */
export async function close(deps: Pick<Deps, 'db' | 'media'>, id: string): Promise<void> {
  const row = await deps.db
    .deleteFrom('open_parts')
    .where('id', '=', id)
    .returning('storage_key')
    .executeTakeFirst()
  if (row) await removeStray(deps, row.storage_key).catch(() => {})
}
