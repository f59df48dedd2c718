import { sql } from 'kysely'
import { Lost } from '../leases/lease.ts'
import type { Tx } from '../tables.ts'

/** Which item of which batch. */
export interface ItemOf {
  id: string
  index: number
}

/**
 * In the transaction that accepts its transcription: the item becomes this one. However many processes try, the item
 * is begun once, and not any more once its batch was cancelled. @throws Lost
 */
export async function beginItem(tx: Tx, { id, index }: ItemOf, transcriptionId: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('batch_items')
    .set({ state: 'begun', transcription_id: transcriptionId })
    .where('batch_id', '=', id)
    .where('idx', '=', index)
    .where('state', '=', 'waiting')
    .where(sql<boolean>`exists (select 1 from batches where id = ${id} and state = 'running')`)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Lost()
}
