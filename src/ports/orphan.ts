const ORPHAN = new Set(['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY'])

/**
 * Whether a database refused a row because what it belongs to is not there: it was when the request looked, and
 * somebody has deleted it since. To lock it in every place that adds something would be as easy to forget as it is long.
 */
export function isOrphan(error: unknown): boolean {
  return error instanceof Error && ORPHAN.has((error as NodeJS.ErrnoException).code ?? '')
}
