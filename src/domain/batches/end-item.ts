import { returnEntry } from '../subscriptions/return-entry.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'

/** In the transaction in which its transcription ends: the item keeps how, even where the transcription is removed. */
export async function endItem(
  tx: Tx,
  now: number,
  state: 'succeeded' | 'failed' | 'cancelled',
  row: Pick<
    TranscriptionRow,
    'batch_id' | 'batch_index' | 'credits_debited' | 'error_code' | 'error_message'
  >,
): Promise<void> {
  await tx
    .updateTable('batch_items')
    .set({
      state,
      credits: state === 'succeeded' ? row.credits_debited : 0,
      ...(state === 'failed' && { error_code: row.error_code, error_message: row.error_message }),
    })
    .where('batch_id', '=', row.batch_id)
    .where('idx', '=', row.batch_index)
    .execute()
  if (state === 'failed' && row.error_code === 'credits.insufficient' && row.batch_id !== null)
    await returnEntry(tx, now, row.batch_id, row.batch_index ?? 0)
}
