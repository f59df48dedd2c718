import type { Deps } from '../context.ts'
import type { PartRow } from '../tables.ts'

/** At once: what is read between two looks at a long recording. */
const MOST = 200

/**
 * The stored parts that follow without a gap, from `next` on; of the transcription that does the work,
 * where this one waits for another's result.
 */
export async function storedParts(
  { db }: Pick<Deps, 'db'>,
  id: string,
  next: number,
): Promise<Pick<PartRow, 'idx' | 'start' | 'end' | 'from' | 'to' | 'result'>[]> {
  const rows = await db
    .selectFrom('parts as p')
    .innerJoin('transcriptions as t', (join) =>
      join.on((eb) => eb('p.transcription_id', '=', eb.fn.coalesce('t.leader_id', 't.id'))),
    )
    .select(['p.idx', 'p.start', 'p.end', 'p.from', 'p.to', 'p.result'])
    .where('t.id', '=', id)
    .where('p.idx', '>=', next)
    .orderBy('p.idx')
    .limit(MOST)
    .execute()
  return rows.filter((row, k) => row.idx === next + k)
}
