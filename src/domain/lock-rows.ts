import type { SelectQueryBuilder } from 'kysely'

/**
 * The rows that it finds are this transaction's until it ends. They can still be referred to, as an update that
 * changes no key would allow. On SQLite it means nothing: a transaction has the whole database there anyway.
 */
export const lockRows = <DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> => query.forNoKeyUpdate()

/**
 * The rows that it finds are not deleted before this transaction ends, but may change: as much as an insert that refers
 * to them asks for by itself. So it waits for nobody but who deletes them, in whatever order others lock things.
 */
export const keepRows = <DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
): SelectQueryBuilder<DB, TB, O> => query.forKeyShare()
