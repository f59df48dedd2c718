import type { Db, TranscriptionRow } from '../tables.ts'
import { readStored } from '../transcriptions/transcript.ts'
import { type BatchItemState, listItems } from './read.ts'
import type { BatchRow } from './tables.ts'

/** Items a look. */
const AT_ONCE = 100

/** An item that has ended; its transcription where that is still there. */
export interface Result {
  item: BatchItemState
  transcription: (TranscriptionRow & { version: number }) | null
  /** As edited; null: there is no text. */
  stored: string | null
}

/** What has ended of a batch, in its order. One transcript at a time is in memory. */
export async function* resultsOf(db: Db, batch: Pick<BatchRow, 'id'>): AsyncGenerator<Result> {
  for await (const item of itemsOf(db, batch)) if (hasEnded(item)) yield await resultOf(db, item)
}

/** All items of a batch, in its order. */
export async function* itemsOf(db: Db, batch: Pick<BatchRow, 'id'>): AsyncGenerator<BatchItemState> {
  for (let after = -1; ; ) {
    const items = await listItems({ db }, batch, { after, limit: AT_ONCE })
    yield* items
    const last = items.at(-1)
    if (!last || items.length < AT_ONCE) return
    after = last.idx
  }
}

export const hasEnded = ({ state }: BatchItemState): boolean => state !== 'waiting' && state !== 'begun'

export async function resultOf(db: Db, item: BatchItemState): Promise<Result> {
  const row =
    item.transcription_id === null
      ? undefined
      : await db
          .selectFrom('transcriptions')
          .selectAll()
          .where('id', '=', item.transcription_id)
          .executeTakeFirst()
  const read = row && (await readStored(db, row))
  return {
    item,
    transcription: row ? { ...row, version: read?.version ?? 0 } : null,
    stored: read?.stored ?? null,
  }
}
