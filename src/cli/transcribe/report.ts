/** What a command says while it works: words for people, or a line of JSON for each event for scripts. */
import type { Transcript } from '../../ports/transcript.ts'
import type { Notices } from '../context.ts'
import { say } from '../output.ts'
import { Display } from './display.ts'
import type { Input } from './inputs.ts'

export interface Heard {
  transcript: Transcript
  title: string
  durationSeconds: number
  model: string | null
  /** What the transcript lacks, and why. */
  warnings: string[]
}

/** Written files; null: the result is on stdout. */
type Written = string[] | null

export interface Report extends Notices {
  progress(input: Input, fraction: number): void
  /** A result that goes to stdout; in lines of JSON the transcript is there already. */
  result(content: string | Buffer): void
  done(input: Input, heard: Heard, written: Written): void
  skipped(input: Input, paths: string[]): void
  failed(input: Input, error: Error): void
  close(): void
}

/** Nothing but results on stdout: what is printed, or the names of the files that were written. */
export function reportInWords(total: number): Report {
  const display = process.stderr.isTTY ? new Display(process.stderr, total) : undefined
  const print = (write: () => void): void => (display ? display.print(write) : write())
  const complain = (text: string): void => print(() => process.stderr.write(`earshot: ${text}\n`))
  const about = ({ name }: Input, text: string): void => complain(total > 1 ? `${name}: ${text}` : text)
  return {
    warn: complain,
    note: (text) => display?.note(text),
    progress: ({ name }, fraction) => display?.progress(name, fraction),
    result: (content) => print(() => say(content)),
    done(input, { warnings }, written) {
      for (const warning of warnings) about(input, warning)
      display?.ended(input.name)
      if (written) print(() => say(written.map((path) => `${path}\n`).join('')))
    },
    skipped(input, paths) {
      display?.ended(input.name)
      if (display) complain(`${input.name}: done already, see ${paths.join(', ')} (--force does it again)`)
    },
    failed(input, error) {
      display?.ended(input.name)
      about(input, error.message)
    },
    close: () => display?.close(),
  }
}

/** A step that says nothing new is no line. */
const STEP = 0.01

export function reportAsLines(): Report {
  const shown = new Map<string, number>()
  const line = (value: object): void => say(`${JSON.stringify(value)}\n`)
  const name = (input: Input): string => input.name
  return {
    warn: (text) => line({ type: 'warning', message: text }),
    note: (text) => line({ type: 'note', message: text }),
    progress(input, fraction) {
      const before = shown.get(name(input)) ?? 0
      if (fraction < before + STEP) return
      shown.set(name(input), fraction)
      line({
        type: 'progress',
        input: name(input),
        progress: Math.min(1, Math.round(fraction * 1000) / 1000),
      })
    },
    result: () => {},
    done(input, { transcript, durationSeconds, model, warnings }, written) {
      const outcome = written ? { files: written } : { transcript }
      const { language } = transcript
      line({ type: 'result', input: name(input), language, durationSeconds, model, warnings, ...outcome })
    },
    skipped: (input, files) => line({ type: 'skipped', input: name(input), files }),
    failed: (input, { message, ...facts }) =>
      line({ type: 'error', input: name(input), code: (facts as { code?: unknown }).code ?? null, message }),
    close: () => {},
  }
}
