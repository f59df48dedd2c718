import { endItem } from '../batches/end-item.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import { emitEnd } from '../webhooks/emit.ts'

/**
 * In the transaction in which a transcription ends: its batch notes what became of the item, and tells once when all
 * have ended; of any other, everyone who wants it is told at once.
 */
export const tellEnd = (
  tx: Tx,
  now: number,
  state: 'succeeded' | 'failed' | 'cancelled',
  row: TranscriptionRow,
): Promise<void> => (row.batch_id === null ? emitEnd(tx, now, state, row) : endItem(tx, now, state, row))
