/** What the clients of `chaos` want, and the process that they run in. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type PlacedWord, toneAudio, toneProgramme, wav } from './tone.ts'

export interface Job {
  k: number
  seconds: number
  /** Milliseconds until the client comes. */
  after: number
  apiKey: string
  /** Where its recording lies. */
  sound: string
}

export interface ClientsOrder {
  /** Of what answers requests, or is coming up. */
  origins: readonly string[]
  jobs: readonly Job[]
}

/** What a client hears, and the words in it. */
export const wordsOf = ({ k, seconds }: Pick<Job, 'k' | 'seconds'>): PlacedWord[] =>
  toneProgramme(1000 + k, seconds)

/** All recordings, made before anything happens. In files: 300 of them are more than a gigabyte. */
export async function recordAll<J extends Omit<Job, 'apiKey' | 'sound'>>(
  dir: string,
  jobs: readonly J[],
): Promise<(J & Pick<Job, 'sound'>)[]> {
  await mkdir(dir, { recursive: true })
  const recorded: (J & Pick<Job, 'sound'>)[] = []
  for (const job of jobs) {
    const sound = join(dir, `${job.k}.wav`)
    await writeFile(sound, wav(toneAudio(wordsOf(job), job.seconds)))
    recorded.push({ ...job, sound })
  }
  return recorded
}

/**
 * Sends all clients on their way. In a process of their own: what answers for the database and the storage runs in
 * this one, and hundreds of uploads at once kept it from accepting a connection for minutes.
 */
export function startClients(order: ClientsOrder): { faults: Promise<string[]>; stop(): void } {
  const clients = fork(join(import.meta.dirname, 'chaos-clients.host.ts'), { execArgv: ['--import', 'tsx'] })
  clients.send(order)
  return { faults: faultsOf(clients), stop: () => void clients.kill() }
}

async function faultsOf(clients: ChildProcess): Promise<string[]> {
  const ended = once(clients, 'exit').then(([code]) => {
    throw new Error(`the clients ended with ${code}`)
  })
  const [faults] = (await Promise.race([once(clients, 'message'), ended])) as [string[]]
  return faults
}
