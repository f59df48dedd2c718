import { type Logger, pino } from 'pino'
import type { Notices } from '../cli/context.ts'

/** JSON lines on stderr. Keys, cookies and transcript text are never logged; headers least of all. */
export function createLogger(level: string): Logger {
  const stderr = pino.destination({ dest: 2, sync: true })
  // A full disk costs lines of the log, not the server.
  stderr.on('error', () => {})
  return pino({ level, base: null, redact: ['req.headers', 'headers', 'apiKey', '*.apiKey'] }, stderr)
}

/** For commands: people read words. Whoever asks for more than warnings with `EARSHOT_LOG_LEVEL=debug` gets the lines. */
export function noticing(level: string, { warn, note }: Notices): Logger {
  if (level === 'debug' || level === 'trace') return createLogger(level)
  const toWords = {
    write(line: string) {
      const { level: of, msg, err } = JSON.parse(line) as { level: number; msg: string; err?: Error }
      if (of >= pino.levels.values.warn!) warn(err ? `${msg}: ${err.message}` : msg)
      else note(msg)
    },
  }
  return pino({ level, base: null }, toWords)
}
