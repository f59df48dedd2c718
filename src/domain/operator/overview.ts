import type { Deps } from '../context.ts'
import { countEnded, countOpen, waitingSince } from '../transcriptions/queries.ts'
import { listWorkers, type WorkerView } from '../workers/list.ts'

export interface Overview {
  workers: WorkerView[]
  /** By state: those that are waiting or running, and those that ended in the last 24 hours. */
  transcriptions: Record<string, number>
  /** Epoch ms since which the oldest queued one waits; null: none does. */
  waitingSince: number | null
  storage: { files: number; bytes: number }
  /** 0 days: kept for ever. */
  limits: { mediaDays: number; transcriptDays: number; maxUploadBytes: number; maxMediaSeconds: number }
  accounts: number
}

const DAY_MS = 86_400_000

/** How the whole installation is: what an operator looks at first. */
export async function overview(deps: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<Overview> {
  const { db, policy } = deps
  const [workers, open, ended, since, storage, accounts] = await Promise.all([
    listWorkers(deps),
    // Not all that ever ended, since the page asks every two seconds.
    countOpen(deps),
    countEnded(deps, DAY_MS),
    waitingSince(deps),
    db
      .selectFrom('media')
      .select((eb) => [eb.fn.countAll().as('files'), eb.fn.sum('bytes').as('bytes')])
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('accounts')
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow(),
  ])
  return {
    workers,
    transcriptions: { ...open, ...ended },
    waitingSince: since,
    storage: { files: Number(storage.files), bytes: Number(storage.bytes ?? 0) },
    limits: {
      mediaDays: policy.mediaRetentionMs / DAY_MS,
      transcriptDays: policy.transcriptRetentionMs / DAY_MS,
      maxUploadBytes: policy.maxUploadBytes,
      maxMediaSeconds: policy.maxMediaSeconds,
    },
    accounts: Number(accounts.n),
  }
}
