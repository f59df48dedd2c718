import type { Transcript } from '../../ports/transcript.ts'
import type { Db, TranscriptionRow, Tx } from '../tables.ts'

export interface Versioned {
  /** 0: as recognised; counts up with every save. */
  version: number
  transcript: Transcript
}

/** The transcript of one that succeeded: as edited, or as it was before. Undefined: there is none. */
export async function readTranscript(
  db: Db | Tx,
  { id, transcript }: Pick<TranscriptionRow, 'id' | 'transcript'>,
  { original = false }: { original?: boolean } = {},
): Promise<Versioned | undefined> {
  if (transcript === null) return undefined
  const edit = await db
    .selectFrom('transcript_edits')
    .select(['version', 'transcript'])
    .where('transcription_id', '=', id)
    .executeTakeFirst()
  const shown = original || !edit ? transcript : edit.transcript
  return { version: edit?.version ?? 0, transcript: JSON.parse(shown) as Transcript }
}
