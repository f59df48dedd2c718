/** Processes of this machine, as /proc shows them. */
import { readdirSync, readFileSync } from 'node:fs'

/** Processes whose parent is `pid`: none may outlive it. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => read(`/proc/${name}/stat`)?.split(') ')[1]?.split(' ')[1] === String(pid))
    .map(Number)

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
