/** Many recordings at once: what is done is skipped, what fails does not stop the others. */
import { EngineError } from '../../ports/engine.ts'
import { OutputError } from '../output.ts'
import type { Ear } from './ear.ts'
import { isDone, type Job, rendered, type Target, writeWhole } from './outputs.ts'
import type { Heard, Report } from './report.ts'

interface RunOptions {
  /** Opened where there is something to do. */
  open(): Promise<Ear>
  report: Report
  /** Whether what is done is done again. */
  force: boolean
  signal: AbortSignal
}

/** @returns how many failed @throws the signal's reason, or what keeps any of them from being heard */
export async function runJobs(jobs: readonly Job[], options: RunOptions): Promise<number> {
  const waiting: Job[] = []
  for (const job of jobs)
    if (!options.force && (await isDone(job)))
      options.report.skipped(
        job.input,
        job.targets.map(({ path }) => path ?? ''),
      )
    else waiting.push(job)
  return waiting.length === 0 ? 0 : hearAll(waiting, await options.open(), options)
}

async function hearAll(
  jobs: readonly Job[],
  ear: Ear,
  { report, signal: interrupted }: RunOptions,
): Promise<number> {
  const stop = new AbortController()
  const signal = AbortSignal.any([interrupted, stop.signal])
  const printed = new InTurn()
  const queue = jobs.entries()
  let failed = 0
  const work = async (): Promise<void> => {
    for (const [k, { input, targets }] of queue) {
      let print = (): void => {}
      try {
        report.progress(input, 0)
        const heard = await ear.hear(input, (fraction) => report.progress(input, fraction), signal)
        const results = await resultsOf(heard, targets)
        const files = await writeFiles(results)
        if (files.length > 0) report.done(input, heard, files)
        else
          print = () => {
            for (const { content } of results) report.result(content)
            report.done(input, heard, null)
          }
      } catch (cause) {
        signal.throwIfAborted()
        if (isOfAll(cause)) throw cause
        failed++
        report.failed(input, cause as Error)
      }
      printed.add(k, print)
    }
  }
  const workers = Array.from({ length: Math.min(ear.atOnce, jobs.length) }, work)
  try {
    await Promise.all(workers)
  } finally {
    stop.abort(new Error('left'))
    await Promise.allSettled(workers)
    await ear.close()
  }
  return failed
}

/** What would be no better with the next recording. */
const isOfAll = (cause: unknown): boolean =>
  cause instanceof OutputError || (cause instanceof EngineError && cause.code === 'unavailable')

interface Result extends Target {
  content: string | Buffer
}

function resultsOf({ transcript, model, title }: Heard, targets: readonly Target[]): Promise<Result[]> {
  const told = { ...transcript, ...(model !== null && { model }) }
  return Promise.all(
    targets.map(async (target) => ({ ...target, content: await rendered(told, target.format, title) })),
  )
}

async function writeFiles(results: readonly Result[]): Promise<string[]> {
  const written: string[] = []
  for (const { path, content } of results) {
    if (path === null) continue
    await writeWhole(path, content)
    written.push(path)
  }
  return written
}

/** Results on stdout come in the order of the inputs, whichever is ready first. */
class InTurn {
  readonly #ready = new Map<number, () => void>()
  #next = 0

  add(k: number, write: () => void): void {
    this.#ready.set(k, write)
    for (let next = this.#ready.get(this.#next); next; next = this.#ready.get(this.#next)) {
      this.#ready.delete(this.#next++)
      next()
    }
  }
}
