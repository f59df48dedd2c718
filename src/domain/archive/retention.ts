import type { Retention } from '../../contract/archive.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Db, TranscriptionRow, Tx } from '../tables.ts'

/** The account's own rules; `null` where it has none and only the server's apply. */
export async function readRetention(db: Db | Tx, accountId: string): Promise<Retention> {
  const row = await db
    .selectFrom('retention_rules')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return {
    transcriptDays: row?.transcript_days ?? null,
    mediaDays: row?.media_days ?? null,
    membersDelete: row?.members_delete === 1,
  }
}

/** Replaces the account's rules. The server's rules apply as well, so an account's can only be stricter. */
export async function writeRetention(
  { db }: Pick<Deps, 'db'>,
  { accountId }: Ctx,
  { transcriptDays, mediaDays, membersDelete }: Retention,
): Promise<void> {
  const values = {
    transcript_days: transcriptDays,
    media_days: mediaDays,
    members_delete: membersDelete ? (1 as const) : (0 as const),
  }
  await db
    .insertInto('retention_rules')
    .values({ account_id: accountId, ...values })
    .onConflict((c) => c.column('account_id').doUpdateSet(values))
    .execute()
}

export const DAY_MS = 24 * 3_600_000

export interface Rule {
  keptMs: number
  /** Undefined: for all accounts. */
  accountId?: string
}

/** The rules for how long something is kept: the server's, unless it is 0, and those of accounts. All of them apply. */
export async function rulesOf(
  db: Db,
  column: 'transcript_days' | 'media_days',
  serverMs: number,
): Promise<Rule[]> {
  const rows = await db
    .selectFrom('retention_rules')
    .select(['account_id', `${column} as days`])
    .where(column, 'is not', null)
    .execute()
  const own = rows.map(({ account_id, days }) => ({ keptMs: days! * DAY_MS, accountId: account_id }))
  return serverMs > 0 ? [{ keptMs: serverMs }, ...own] : own
}

/**
 * Members may cancel and delete only what they started themselves, unless the account allows more.
 * @throws DomainError `role.forbidden`
 */
export async function requireMayDelete(
  db: Db | Tx,
  ctx: Ctx,
  rows: readonly Pick<TranscriptionRow, 'created_by'>[],
): Promise<void> {
  if (ctx.role !== 'member') return
  const others = rows.filter(({ created_by }) => created_by !== ctx.userId).length
  if (others === 0 || (await readRetention(db, ctx.accountId)).membersDelete) return
  const what = rows.length === 1 ? 'This' : `${others} of these ${rows.length}`
  throw new DomainError(
    'role.forbidden',
    `${what} ${others === 1 ? 'was' : 'were'} started by somebody else. Ask an owner of the account to delete ${others === 1 ? 'it' : 'them'}.`,
    { others },
  )
}
