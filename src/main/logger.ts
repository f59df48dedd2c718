import { type Logger, pino } from 'pino'

/** JSON lines on stderr. Keys, cookies and transcript text are never logged; headers least of all. */
export function createLogger(level: string): Logger {
  const stderr = pino.destination({ dest: 2, sync: true })
  // A full disk costs lines of the log, not the server.
  stderr.on('error', () => {})
  return pino({ level, base: null, redact: ['req.headers', 'headers', 'apiKey', '*.apiKey'] }, stderr)
}
