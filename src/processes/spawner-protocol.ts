/** What a server and its spawner say to each other. */
import type { Exit } from './program.ts'

export type ToSpawner =
  | { kind: 'open'; name: string; key: string }
  | {
      kind: 'start'
      id: number
      command: readonly string[]
      cwd?: string
      env: Record<string, string>
      stdin: boolean
    }
  | { kind: 'kill'; id: number; signal: NodeJS.Signals }
  /** Kill what runs, and end. */
  | { kind: 'end' }

export type FromSpawner =
  | { kind: 'open' }
  | { kind: 'started'; id: number; pid: number }
  | { kind: 'ended'; id: number; exit: Exit }
  | { kind: 'refused'; id: number; code: string | undefined; message: string }

export const STREAMS = ['stdin', 'stdout', 'stderr'] as const
export type Stream = (typeof STREAMS)[number]

/** A socket without a file, which Linux has: nothing is left of it, whoever dies. */
export const nameOf = (name: string): string => `\0${name}`

interface Greeting {
  /** Anybody on this machine can connect: only the server knows the key. */
  key: string
  id: number
  stream: Stream
}

/** The first and only line that a server sends on a socket before it belongs to a program. */
export const greet = ({ key, id, stream }: Greeting): string => `${key} ${id} ${stream}\n`

const LONGEST = 200

/** Undefined: that is none. */
export function readGreeting(text: string): Greeting | 'unfinished' | undefined {
  if (!text.endsWith('\n')) return text.length < LONGEST ? 'unfinished' : undefined
  const [key = '', id = '', stream = ''] = text.slice(0, -1).split(' ')
  const known = STREAMS.find((each) => each === stream)
  return known && { key, id: Number(id), stream: known }
}
