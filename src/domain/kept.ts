import type { Compilable, CompiledQuery } from 'kysely'
import type { Db } from './tables.ts'

const MARK = ' /* plan kept */'

export const isKept = (text: string): boolean => text.endsWith(MARK)

/**
 * Runs one statement, outside a transaction, whose plan PostgreSQL keeps for the connection: for what is asked all the
 * time and takes as long to plan as to do. SQLite keeps every statement anyway.
 */
export async function runKept<Row>(db: Db, query: Compilable<Row>): Promise<Row[]> {
  const compiled: CompiledQuery<Row> = query.compile()
  const { rows } = await db.executeQuery<Row>({ ...compiled, sql: `${compiled.sql}${MARK}` })
  return rows
}
