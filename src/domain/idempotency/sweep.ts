import type { Deps } from '../context.ts'

/** Forgets keys whose time has passed and whose work has ended. */
export async function sweepKeys({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where('expires_at', '<=', clock.now())
    .where((eb) =>
      eb.or([
        eb('transcription_id', 'is', null),
        eb.not(
          eb.exists(
            eb
              .selectFrom('transcriptions as t')
              .select('t.id')
              .whereRef('t.id', '=', 'idempotency_keys.transcription_id')
              .where('t.state', 'in', ['queued', 'running']),
          ),
        ),
      ]),
    )
    .execute()
}
