/** How loud a recording is at each moment: made once, while it is heard, and removed with its transcription. */
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Tx } from '../tables.ts'

export async function keepWaveform(tx: Tx, id: string, data: Uint8Array): Promise<void> {
  await tx.insertInto('waveforms').values({ transcription_id: id, data }).execute()
}

/** For a request that another one's result answers. */
export async function copyWaveform(tx: Tx, from: string, to: string): Promise<void> {
  const found = await tx
    .selectFrom('waveforms')
    .select('data')
    .where('transcription_id', '=', from)
    .executeTakeFirst()
  if (found) await keepWaveform(tx, to, found.data)
}

/** @throws DomainError `resource.not_found` */
export async function readWaveform({ db }: Pick<Deps, 'db'>, id: string): Promise<Uint8Array> {
  const found = await db
    .selectFrom('waveforms')
    .select('data')
    .where('transcription_id', '=', id)
    .executeTakeFirst()
  if (!found) throw new DomainError('resource.not_found', 'There is no waveform: nothing was heard.')
  return found.data
}
