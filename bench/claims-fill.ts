/** A queue as it is after a year: accounts with credits, what waits (half of it links, a third of it short), what has ended. */
import { sql } from 'kysely'
import type { Db } from '../src/domain/tables.ts'

type Kind = 'sqlite' | 'postgres'

export interface Filling {
  accounts: number
  queued: number
  ended: number
}

export async function fillQueue(db: Db, kind: Kind, { accounts, queued, ended }: Filling): Promise<void> {
  const numbers = (count: number) =>
    kind === 'postgres'
      ? sql`(select n from generate_series(0, ${sql.lit(count - 1)}) as n)`
      : sql`(with recursive c(n) as (select 0 union all select n + 1 from c where n < ${sql.lit(count - 1)})
          select n from c)`
  await sql`insert into accounts (id, name, plan, created_at)
    select 'acct_' || n, 'bench', 'free', 0 from ${numbers(accounts)} s`.execute(db)
  await sql`insert into credit_balances (account_id, posted, pending)
    select 'acct_' || n, 1000000, 0 from ${numbers(accounts)} s`.execute(db)
  const rows = (prefix: string, state: string, count: number) => sql`
    insert into transcriptions (id, account_id, surface, media_id, state, pct, hold_id, price, duration_ms, attempts,
      needs_download, due_at, transcript, reuse_key, created_at, finished_at)
    select ${sql.lit(prefix)} || n, 'acct_' || (n % ${sql.lit(accounts)}),
      'native', case when (n / ${sql.lit(accounts)}) % 2 = 1 then null else 'media_x' end, ${sql.lit(state)}, 0,
      'hold_' || n, '{}', case when n % 3 = 0 then 30000 else 3600000 end, 0,
      (n / ${sql.lit(accounts)}) % 2, n, ${sql.lit(state === 'queued' ? null : 'x'.repeat(300))},
      ${sql.lit(prefix)} || n, n, ${state === 'queued' ? sql.lit(null) : sql`n`}
    from ${numbers(count)} s`
  await withoutUpkeep(db, kind, () => rows('ended_', 'succeeded', ended).execute(db))
  await rows('queued_', 'queued', queued).execute(db)
  // What the filling leaves to be written must not be written while claims are timed.
  for (const statement of kind === 'postgres'
    ? ['vacuum full queues', 'vacuum analyze', 'checkpoint']
    : ['analyze', 'pragma wal_checkpoint(truncate)'])
    await sql.raw(statement).execute(db)
}

/** Indexes are made once the rows are there, and triggers count nothing meanwhile: that takes a third of the time. */
async function withoutUpkeep(db: Db, kind: Kind, work: () => Promise<unknown>): Promise<void> {
  const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(db)
  const things =
    kind === 'postgres'
      ? await sql<Thing>`select 'index' as type, indexname as name, indexdef as sql from pg_indexes
          where tablename = 'transcriptions' and indexdef not like '%UNIQUE%'`.execute(db)
      : await sql<Thing>`select type, name, sql from sqlite_master
          where tbl_name = 'transcriptions' and type in ('index', 'trigger') and sql is not null`.execute(db)
  if (kind === 'postgres') await run('alter table transcriptions disable trigger user')
  for (const { type, name } of things.rows) await run(`drop ${type} ${name}`)
  await work()
  for (const thing of things.rows) await run(thing.sql)
  if (kind === 'postgres') await run('alter table transcriptions enable trigger user')
}

interface Thing {
  type: 'index' | 'trigger'
  name: string
  sql: string
}
