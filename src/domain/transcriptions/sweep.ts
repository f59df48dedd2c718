import { purge } from '../archive/purge.ts'
import { type Rule, rulesOf } from '../archive/retention.ts'
import type { Deps } from '../context.ts'
import { ENDED } from './queries.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 1000

type SweepDeps = Pick<Deps, 'db' | 'clock' | 'policy' | 'media'>

/**
 * Deletes transcriptions whose time is over, by the server's rule, by their account's, or in the bin, with their text,
 * edits and share links. Each leaves a receipt; the ledger keeps its entries.
 */
export async function sweepTranscriptions(deps: SweepDeps): Promise<void> {
  const { clock, policy } = deps
  const binned = await ended(deps)
    .where('binned_at', '<=', clock.now() - policy.binMs)
    .execute()
  await purge(deps, idsOf(binned), { reason: 'bin', by: null })
  const rules = await rulesOf(deps.db, 'transcript_days', policy.transcriptRetentionMs)
  for (const rule of rules) await expire(deps, rule)
}

async function expire(deps: SweepDeps, { keptMs, accountId }: Rule): Promise<void> {
  const old = await ended(deps)
    .where('finished_at', '<=', deps.clock.now() - keptMs)
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId ?? ''))
    .execute()
  await purge(deps, idsOf(old), { reason: 'retention', by: null })
}

const ended = ({ db }: SweepDeps) =>
  db.selectFrom('transcriptions').select('id').where('state', 'in', ENDED).limit(AT_ONCE)

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)
