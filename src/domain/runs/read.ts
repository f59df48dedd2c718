import type { Ctx, Deps } from '../context.ts'
import type { Tables } from '../tables.ts'
import { getTranscription } from '../transcriptions/get.ts'
import type { RunTable } from './kinds.ts'

/** The latest run of a transcription. Undefined: nobody has asked for one. @throws DomainError `resource.not_found` */
export async function latestRun<T extends RunTable>(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  table: T,
  transcriptionId: string,
): Promise<Tables[T] | undefined> {
  await getTranscription({ db }, ctx.accountId, transcriptionId)
  const row = await db
    .selectFrom(table as 'speaker_runs')
    .selectAll()
    .where('transcription_id', '=', transcriptionId)
    .executeTakeFirst()
  return row as Tables[T] | undefined
}
