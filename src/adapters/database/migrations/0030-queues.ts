import { type Kysely, sql } from 'kysely'

export const waits = (row: string): string =>
  `case when ${row}.state = 'queued' and ${row}.leader_id is null then 1 else 0 end`
export const runs = (row: string): string => `case when ${row}.state = 'running' then 1 else 0 end`
export const counts = (row: string): string =>
  `(${row}.state = 'running' or ${row}.state = 'queued' and ${row}.leader_id is null)`
export const queueOf = (row: string): string =>
  `account_id = ${row}.account_id and needs_download = ${row}.needs_download`

export const LEAVE = `
  update queues set waiting = waiting - ${waits('old')}, running = running - ${runs('old')}
  where ${queueOf('old')} and ${counts('old')};`

/** Whoever begins to wait is behind those who waited before. */
export const ARRIVE = `
  insert into queues (account_id, needs_download, waiting, running, turn_at)
  select new.account_id, new.needs_download, ${waits('new')}, ${runs('new')}, new.due_at where ${counts('new')}
  on conflict (account_id, needs_download) do update set
    waiting = queues.waiting + excluded.waiting,
    running = queues.running + excluded.running,
    turn_at = case
      when excluded.waiting = 0 then queues.turn_at
      when queues.waiting > 0 and queues.turn_at < excluded.turn_at then queues.turn_at
      else excluded.turn_at end;`

/** Who was served waits anew; for how long before others depends on what it has next. */
const SERVED = `
  update queues set turn_at = new.claimed_at + coalesce((
    select t.due_at - t.created_at from transcriptions t
    where t.account_id = new.account_id and t.needs_download = new.needs_download
      and t.state = 'queued' and t.leader_id is null
    order by t.due_at, t.id limit 1), 0)
  where ${queueOf('new')} and old.state = 'queued' and new.state = 'running';`

export const TIDY = `
  delete from queues where ${queueOf('old')} and waiting = 0 and running = 0;`

const TRIGGERS = [
  { name: 'insert', when: 'insert', body: ARRIVE },
  {
    name: 'update',
    when: 'update of state, leader_id, needs_download',
    body: LEAVE + ARRIVE + SERVED + TIDY,
  },
  { name: 'delete', when: 'delete', body: LEAVE + TIDY },
]

/**
 * What waits and what runs, of each account: a row for what has to be downloaded first and one for what has not.
 * Triggers keep the numbers, so that no way in which a transcription may begin or end can forget to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter.supportsTransactionalDdl
  const alter = () => db.schema.alterTable('transcriptions')
  await alter()
    .addColumn('needs_download', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await alter()
    .addColumn('due_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await alter().addColumn('claimed_at', 'bigint').execute()
  await sql`update transcriptions set due_at = created_at, needs_download = case when media_id is null then 1 else 0 end
    where state in ('queued', 'running')`.execute(db)

  await db.schema
    .createTable('queues')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('needs_download', 'integer', (c) => c.notNull())
    .addColumn('waiting', 'bigint', (c) => c.notNull())
    .addColumn('running', 'bigint', (c) => c.notNull())
    .addColumn('turn_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('queues_pk', ['account_id', 'needs_download'])
    .execute()
  await sql`insert into queues (account_id, needs_download, waiting, running, turn_at)
    select t.account_id, t.needs_download, sum(${sql.raw(waits('t'))}), sum(${sql.raw(runs('t'))}), min(t.due_at)
    from transcriptions t where ${sql.raw(counts('t'))} group by t.account_id, t.needs_download`.execute(db)
  // Rows change with every claim: room on the page for the next version, and old ones are removed soon.
  if (postgres)
    await sql`alter table queues set (fillfactor = 40, autovacuum_vacuum_scale_factor = 0,
      autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0)`.execute(db)

  for (const statement of [
    `create index queues_turn on queues (needs_download, running, turn_at, account_id) where waiting > 0`,
    `create index transcriptions_queued on transcriptions (account_id, needs_download, due_at, id)
      where state = 'queued' and leader_id is null`,
    `create index transcriptions_running on transcriptions (account_id) where state = 'running'`,
    `create index transcriptions_deadline on transcriptions (deadline_at) where state in ('queued', 'running')`,
    ...TRIGGERS.flatMap((trigger) => (postgres ? postgresTrigger : sqliteTrigger)(trigger)),
  ])
    await sql.raw(statement).execute(db)
}

type Trigger = (typeof TRIGGERS)[number]

export const sqliteTrigger = ({ name, when, body }: Trigger, on = ''): string[] => [
  `create trigger transcriptions_queue_${name} after ${when} on transcriptions ${on} begin ${body} end`,
]

export const postgresTrigger = ({ name, when, body }: Trigger, on = ''): string[] => [
  `create function earshot_queue_${name}() returns trigger language plpgsql
    as $$ begin ${body} return null; end $$`,
  `create trigger transcriptions_queue_${name} after ${when} on transcriptions
    for each row ${on} execute function earshot_queue_${name}()`,
]
