/** Small tools of the benches: rounds that alternate, medians, tables, CPU time. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { childrenOf, memoryOf } from '../test/support/processes.ts'

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

/**
 * Runs the contenders in turn, so that what else the machine does hits all of them alike, and gives each one's
 * values of all rounds. Before them each runs `warmUp` times without being counted.
 */
export async function alternate<K extends string>(
  rounds: number,
  contenders: Record<K, () => Promise<number>>,
  warmUp = 1,
): Promise<Record<K, number[]>> {
  const names = Object.keys(contenders) as K[]
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let round = -warmUp; round < rounds; round++)
    for (const name of names) {
      const value = await contenders[name]()
      if (round >= 0) values[name].push(value)
    }
  return values
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Where and under what load the figures were made. */
/** What a bench found, and what of it a newcomer reads in the README. */
export interface Figures {
  figures: string
  summary: string
}

/** Where it was measured. */
export const machine = (): string =>
  `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`

/** The day, and the commit of the code that was measured, with a `+` where files have changed since. */
export function version(): string {
  const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? ''
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown'
  const changed = git('status', '--porcelain', '--', 'src', 'package-lock.json') !== '' ? '+' : ''
  return `${new Date().toISOString().slice(0, 10)}, commit ${commit}${changed}`
}

const TICKS = 100

/** CPU seconds that a process has used: by itself, or with all its living descendants. */
export function cpuSeconds(pid: number, of: 'own' | 'all' = 'all'): number {
  const fields = statOf(pid)
  // One that ended a moment ago is counted by its parent.
  if (!fields) return 0
  // utime and stime, and those of children that have ended.
  const counted = of === 'own' ? [11, 12] : [11, 12, 13, 14]
  const used = counted.reduce((sum, k) => sum + Number(fields[k]), 0) / TICKS
  return of === 'own' ? used : childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), used)
}

function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  } catch {
    return undefined
  }
}

/** CPU seconds of this process's own children that have ended. */
export const cpuOfEnded = (): number => {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[13]) + Number(fields[14])) / TICKS
}

const LOOK_MS = 100

/** Looks at a process and its descendants now and then. `stop` gives the sum of their peaks in bytes. */
export function watchMemory(pid: number): { stop(): number } {
  const peaks = new Map<number, number>()
  const look = (of: number): void => {
    try {
      peaks.set(of, Math.max(memoryOf(of, 'peak'), peaks.get(of) ?? 0))
    } catch {
      return // it has ended
    }
    childrenOf(of).forEach(look)
  }
  look(pid)
  const timer = setInterval(look, LOOK_MS, pid)
  return {
    stop() {
      clearInterval(timer)
      look(pid)
      return [...peaks.values()].reduce((sum, peak) => sum + peak, 0)
    },
  }
}
