import type { Kysely } from 'kysely'

/** Whether somebody who answers for it said that an address is this person's. Those who are here already keep theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('users')
    .addColumn('email_proved', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
}
