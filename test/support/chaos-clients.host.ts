/** The clients of `chaos`: they ask again until they have their words, with the same idempotency keys. */
import { openAsBlob } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PlacedWord, toneAudio, toneProgramme, wav } from './tone.ts'

export interface Job {
  k: number
  seconds: number
  /** Milliseconds until the client comes. */
  after: number
}

/** What a client hears, and the words in it. */
const wordsOf = ({ k, seconds }: Job): PlacedWord[] => toneProgramme(1000 + k, seconds)

/**
 * All recordings, made before anything happens: what answers for the database and the storage runs in this process, and
 * must not wait for sums. In files: 300 of them are 1.5 GB. @returns where each lies
 */
export async function recordAll(dir: string, jobs: readonly Job[]): Promise<(k: number) => string> {
  const pathOf = (k: number): string => join(dir, `${k}.wav`)
  await mkdir(dir, { recursive: true })
  for (const job of jobs) await writeFile(pathOf(job.k), wav(toneAudio(wordsOf(job), job.seconds)))
  return pathOf
}

interface Fleet {
  /** Of one that answers requests; undefined where none is up. */
  origin(pick: number): string | undefined
}

interface Having {
  apiKey: string
  sounds: (k: number) => string
}

/** A client that does not give up, with a key of its own. @returns what is wrong */
export async function startClient(
  fleet: Fleet,
  { apiKey, sounds }: Having,
  job: Job,
): Promise<string | undefined> {
  const { k, after } = job
  await sleep(after)
  const words = wordsOf(job)
  const sound = await openAsBlob(sounds(k))
  const form = (): FormData => {
    const body = new FormData()
    body.append('file', sound, `${k}.wav`)
    return body
  }
  const key = { 'soku-api-key': apiKey, 'idempotency-key': `job ${k}` }
  const media = await asked(fleet, 201, (origin) =>
    fetch(`${origin}/v1/media`, { method: 'POST', headers: key, body: form(), signal: inTime() }),
  )
  const json = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const begin = (signal: AbortSignal) => (origin: string) =>
    fetch(`${origin}/v1/transcriptions`, {
      method: 'POST',
      headers: { ...json, 'idempotency-key': `job ${k}` },
      body: JSON.stringify({ mediaId: media.mediaId }),
      signal,
    })
  // One that breaks off, whose answer nobody has; then one that is heard of, and the same once more.
  const origin = fleet.origin(Math.random())
  if (origin) await begin(AbortSignal.timeout(k * 5))(origin).catch(() => {})
  const begun = await asked(fleet, 202, (to) => begin(inTime())(to))
  const again = await asked(fleet, 202, (to) => begin(inTime())(to))
  if (again.id !== begun.id) return `job ${k} was begun twice: ${begun.id} and ${again.id}`
  for (;;) {
    const row = await asked(fleet, 200, (origin) =>
      fetch(`${origin}/v1/transcriptions/${begun.id}`, { headers: json, signal: inTime() }),
    )
    if (row.state === 'succeeded') {
      const { text } = row.transcript as { text: string }
      const truth = words.map(({ word }) => word).join(' ')
      return text === truth ? undefined : `job ${k}: heard “${text}” instead of “${truth}”`
    }
    if (row.state !== 'queued' && row.state !== 'running')
      return `job ${k} ${row.state}: ${JSON.stringify(row.error)}`
    await sleep(300)
  }
}

const inTime = (): AbortSignal => AbortSignal.timeout(30_000)

/** Asks until it is answered as it should be. @throws Error for an answer that asking again does not change */
async function asked(
  fleet: Fleet,
  status: number,
  ask: (origin: string) => Promise<Response>,
): Promise<Record<string, unknown>> {
  for (;;) {
    const origin = fleet.origin(Math.random())
    const answer = origin ? await ask(origin).catch(() => undefined) : undefined
    const body = await answer?.json().catch(() => undefined)
    if (answer?.status === status && body) return body as Record<string, unknown>
    // 500 is never an answer to an accident.
    if (answer && body && ![429, 502, 503, 504].includes(answer.status))
      throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(body)}`)
    await sleep(300)
  }
}
