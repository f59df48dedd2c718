import { type Logger, pino } from 'pino'

/** JSON lines on stderr. Keys, cookies and transcript text are never logged; headers least of all. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, redact: ['req.headers', 'headers', 'apiKey', '*.apiKey'] },
    pino.destination({ dest: 2, sync: true }),
  )
}
