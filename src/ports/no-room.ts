/** What the system says, and SQLite. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])

/** Whether an error says that a disk of ours is full, whoever said it first. An account's own limit is another thing. */
export function isNoRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return NO_ROOM.has((error as NodeJS.ErrnoException).code ?? '') || isNoRoom(error.cause)
}
