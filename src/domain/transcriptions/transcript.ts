import type { Db, TranscriptionRow, Tx } from '../tables.ts'

export interface Stored {
  /** 0: as recognised; counts up with every save. */
  version: number
  /** The transcript as it is stored: long ones are not to be parsed by whoever answers requests. */
  stored: string
}

/** The transcript of one that succeeded: as edited, or as it was before. Undefined: there is none. */
export async function readStored(
  db: Db | Tx,
  { id, transcript }: Pick<TranscriptionRow, 'id' | 'transcript'>,
  { original = false }: { original?: boolean } = {},
): Promise<Stored | undefined> {
  if (transcript === null) return undefined
  const edit = await db
    .selectFrom('transcript_edits')
    .select(['version', 'transcript'])
    .where('transcription_id', '=', id)
    .executeTakeFirst()
  return { version: edit?.version ?? 0, stored: original || !edit ? transcript : edit.transcript }
}
