/**
 * Whether an error says that the database was out of reach for a moment, rather than that something is wrong
 * with what was asked of it: SQLSTATE's classes for a broken connection (08), too little of something (53), a lost
 * race (40), a server that stops or starts (57P0x), one that has become a standby (25006), and what took longer
 * than a time limit (57014, 55P03, 25P03); the system's words for the same; and SQLite's.
 */
export function databaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  return (
    (typeof code === 'string' && AWAY.test(code)) ||
    (typeof syscall === 'string' && DIALLING.has(syscall)) ||
    BROKEN.test(error.message)
  )
}

const AWAY =
  /^(?:(?:08|40|53)[0-9A-Z]{3}|57P0\d|57014|55P03|25006|25P03|E(?:CONN(?:REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NETDOWN)|SQLITE_BUSY.*)$/
/** Whatever is said of an attempt to reach it: no such host, no such socket. */
const DIALLING = new Set(['connect', 'getaddrinfo'])
/** What node-postgres says, without a code, of a connection that ended under it. */
const BROKEN =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect|timeout expired|no connection of the pool became free|Query read timeout)/
