/** Processes of this machine, as /proc shows them. */
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'

/** Processes whose parent is `pid`: none may outlive it. */
export const childrenOf = (pid: number): number[] =>
  processes()
    .filter(({ parent }) => parent === pid)
    .map((child) => child.pid)

/** The same, and theirs. */
export function descendantsOf(pid: number): number[] {
  const all = processes()
  const below = (of: number): number[] =>
    all.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...below(child.pid)])
  return below(pid)
}

const processes = (): { pid: number; parent: number }[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(read(`/proc/${name}/stat`)?.split(') ')[1]?.split(' ')[1]),
    }))

export const alive = (pid: number): boolean => {
  const stat = read(`/proc/${pid}/stat`)
  return stat !== undefined && !stat.includes(') Z ')
}

export const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? ''

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Processes whose working directory lies in `dir`, as that of every downloader does in its job's folder. */
export const workingIn = (dir: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && folderOf(name).startsWith(`${dir}/`))
    .map(Number)
    .filter(alive)

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

const MEMORY = { now: 'VmRSS', peak: 'VmHWM' }

/** Resident memory of a process in bytes: now, or the most since it began or since `forgetPeak`. */
export function memoryOf(pid: number, which: keyof typeof MEMORY = 'now'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${MEMORY[which]}:\\s+(\\d+) kB`, 'm').exec(status)![1]) * 1024
}

/** Lets the peak begin anew at what is resident now. */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5')
