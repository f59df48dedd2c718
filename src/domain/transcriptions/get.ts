import type { Transcript } from '../../ports/transcript.ts'
import type { Deps } from '../context.ts'
import { DomainError, isErrorCode } from '../errors.ts'
import type { TranscriptionRow } from '../tables.ts'

/** @throws DomainError `resource.not_found`, also where it is another account's */
export async function getTranscription(
  { db }: Pick<Deps, 'db'>,
  accountId: string,
  id: string,
): Promise<TranscriptionRow> {
  const row = await db
    .selectFrom('transcriptions')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (!row) throw notFound(id)
  return row
}

export const notFound = (id: string): DomainError =>
  new DomainError('resource.not_found', `There is no transcription ${id} in your account.`)

/** What is wanted of a text. */
export const noText = ({ id, state }: Pick<TranscriptionRow, 'id' | 'state'>): DomainError =>
  new DomainError('transcription.no_text', `The transcription ${id} is ${state}: it has no text.`, { state })

/** The transcript of one that succeeded. @throws DomainError with the code it failed with */
export function transcriptOf(row: TranscriptionRow): Transcript {
  if (row.state === 'succeeded' && row.transcript) return JSON.parse(row.transcript) as Transcript
  throw failureOf(row)
}

export function failureOf(row: TranscriptionRow): DomainError {
  const code = row.error_code !== null && isErrorCode(row.error_code) ? row.error_code : 'internal'
  return new DomainError(code, row.error_message ?? 'The transcription failed.')
}

/** The `traceparent` of the request that created it. */
export async function traceparentOf({ db }: Pick<Deps, 'db'>, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('transcriptions')
    .select('traceparent')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.traceparent ?? undefined
}
