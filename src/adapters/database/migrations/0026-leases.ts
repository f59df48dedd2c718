import { type Kysely, sql } from 'kysely'

/** The same two columns wherever rows are claimed; on PostgreSQL the function that SQLite is given by the program. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter.supportsTransactionalDdl)
    await sql`create function earshot_now() returns bigint language sql stable parallel safe
      as $$ select (extract(epoch from statement_timestamp()) * 1000)::bigint $$`.execute(db)
  const alter = (table: string) => db.schema.alterTable(table)
  await alter('transcriptions').renameColumn('lease_owner', 'lease_token').execute()
  await alter('idempotency_keys').renameColumn('owner', 'lease_token').execute()
  await alter('uploads').renameColumn('finishing_until', 'lease_until').execute()
  await alter('uploads').addColumn('lease_token', 'text').execute()
  await alter('webhook_deliveries').addColumn('lease_token', 'text').execute()
  await alter('webhook_deliveries').addColumn('lease_until', 'bigint').execute()
  // What an earlier version claimed by its process's name is claimed by nobody's token.
  await sql`update transcriptions set lease_token = null where lease_token is not null`.execute(db)
  for (const table of ['transcriptions', 'idempotency_keys', 'uploads', 'webhook_deliveries'])
    await sql`create unique index ${sql.id(`${table}_lease`)} on ${sql.table(table)} (lease_token)
      where lease_token is not null`.execute(db)
}
