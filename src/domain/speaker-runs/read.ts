import type { Ctx, Deps } from '../context.ts'
import { getTranscription } from '../transcriptions/get.ts'
import type { SpeakerRunRow } from './tables.ts'

/** The latest run of a transcription. Undefined: nobody has asked for one. @throws DomainError `resource.not_found` */
export async function latestSpeakerRun(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  transcriptionId: string,
): Promise<SpeakerRunRow | undefined> {
  await getTranscription({ db }, ctx.accountId, transcriptionId)
  return db
    .selectFrom('speaker_runs')
    .selectAll()
    .where('transcription_id', '=', transcriptionId)
    .executeTakeFirst()
}
