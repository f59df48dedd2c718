/**
 * Whether an error says that the database was out of reach for a moment, rather than that something is wrong
 * with what was asked of it: SQLSTATE's classes for a broken connection (08), too little of something (53), a lost
 * race (40) and a server that stops or starts (57P0x); the system's words for the same; and SQLite's.
 */
export function databaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && AWAY.test(code)) || BROKEN.test(error.message)
}

const AWAY = /^(?:(?:08|40|53)[0-9A-Z]{3}|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|SQLITE_BUSY.*)$/
/** What node-postgres says, without a code, of a connection that ended under it. */
const BROKEN =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/
