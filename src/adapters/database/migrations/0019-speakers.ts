import type { Kysely } from 'kysely'

/** Whether speakers are to be told apart, and which workers can do that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column] of [
    ['transcriptions', 'diarize'],
    ['workers', 'diarizes'],
  ] as const)
    await db.schema
      .alterTable(table)
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
}
