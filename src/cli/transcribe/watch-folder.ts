/** A folder that is looked at again and again: what came into it is transcribed once it no longer grows. */
import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ear } from './ear.ts'
import { type Input, mediaIn } from './inputs.ts'
import { isDone, type OutputFormat, planJobs } from './outputs.ts'
import type { Report } from './report.ts'
import { runJobs } from './run.ts'

interface WatchOptions {
  formats: readonly OutputFormat[]
  output: string | undefined
  everyMs: number
  open(): Promise<Ear>
  report: Report
  signal: AbortSignal
}

/** Ends with the signal's reason. @throws Error where the folder is none */
export async function watchFolder(folder: string, options: WatchOptions): Promise<never> {
  const { everyMs, report, signal, ...planned } = options
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new Error(`there is no folder ${folder}`)
  /** How each file was when it was seen last, and when it could not be heard. */
  let seen = new Map<string, string>()
  const failed = new Map<string, string>()
  const noted: Report = {
    ...report,
    skipped: () => {},
    failed(input, error) {
      // A server that is away comes back.
      if (error.name !== 'ConnectionError') failed.set(input.name, stateOf(input))
      report.failed(input, error)
    },
  }
  for (;;) {
    // A drive that is away for a moment comes back.
    const all = await mediaIn(folder).catch(() => [])
    const settled = all.filter((input) => seen.get(input.name) === stateOf(input))
    seen = new Map(all.map((input) => [input.name, stateOf(input)]))
    // All of them are planned, so that a name does not depend on what came first.
    const jobs = await planJobs({ all, folders: true }, planned.formats, planned.output)
    const due = []
    for (const job of jobs) {
      const isDue = settled.some(({ name }) => name === job.input.name)
      if (isDue && failed.get(job.input.name) !== stateOf(job.input) && !(await isDone(job))) due.push(job)
    }
    await runJobs(due, { open: planned.open, report: noted, force: false, signal })
    await sleep(everyMs, undefined, { signal })
  }
}

const stateOf = (input: Input): string =>
  input.kind === 'file' ? `${input.bytes} ${input.modifiedMs}` : input.name
