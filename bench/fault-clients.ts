/** Clients of `faults`: they come all the time, ask again until they are answered, and remember everything they were told. */
import { setTimeout as sleep } from 'node:timers/promises'
import { toneAudio, toneProgramme, wav } from '../test/support/tone.ts'

/** Seconds: of one part, and of several. */
const LENGTHS = [4, 8, 45, 4, 8, 120]
const EVERY_MS = 500
const AGAIN_MS = 250
const LOOK_MS = 400
/** A request that takes longer hangs. */
const PATIENCE_MS = 30_000

/** An answer to a request that writes. */
export interface Seen {
  at: number
  /** A status, or why there is none. */
  what: string
  ms: number
}

export interface Job {
  /** When it was accepted, and when its client had its words; by `performance.now()`. */
  acceptedAt?: number
  doneAt?: number
  /** What is wrong with it. */
  fault?: string
}

export interface Clients {
  seen: Seen[]
  jobs: Job[]
  /** No more come; resolves once all are served. */
  end(): Promise<void>
}

let made = 0

export function startClients(origin: string, apiKey: string): Clients {
  const clients: Clients = { seen: [], jobs: [], end }
  const all: Promise<void>[] = []
  let open = true
  async function end(): Promise<void> {
    open = false
    await coming
    await Promise.all(all)
  }
  const coming = (async () => {
    while (open) {
      const job: Job = {}
      clients.jobs.push(job)
      all.push(
        beServed(ask, made++, job).catch((error: Error) => {
          job.fault = error.message
        }),
      )
      await sleep(EVERY_MS)
    }
  })()

  async function ask(path: string, init: RequestInit, status: number): Promise<Record<string, unknown>> {
    for (;;) {
      const at = performance.now()
      const { what, body } = await once(`${origin}${path}`, apiKey, init)
      if (init.method === 'POST') clients.seen.push({ at, what, ms: performance.now() - at })
      if (what === String(status) && body) return body
      if (/^4/.test(what) && what !== '429') throw new Error(`${path}: ${what} ${JSON.stringify(body)}`)
      await sleep(AGAIN_MS)
    }
  }
  return clients
}

type Ask = (path: string, init: RequestInit, status: number) => Promise<Record<string, unknown>>

async function beServed(ask: Ask, k: number, job: Job): Promise<void> {
  const seconds = LENGTHS[k % LENGTHS.length]!
  const words = toneProgramme(k, seconds)
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(wav(toneAudio(words, seconds)))]), `${k}.wav`)
  const key = { 'idempotency-key': `fault ${k}` }
  const media = await ask('/v1/media', { method: 'POST', headers: key, body: form }, 201)
  const body = JSON.stringify({ mediaId: media.mediaId })
  const json = { ...key, 'content-type': 'application/json' }
  const begun = await ask('/v1/transcriptions', { method: 'POST', headers: json, body }, 202)
  job.acceptedAt = performance.now()
  for (;;) {
    const row = await ask(`/v1/transcriptions/${begun.id}`, {}, 200)
    if (row.state === 'succeeded') {
      const { text } = row.transcript as { text: string }
      if (text !== words.map(({ word }) => word).join(' ')) job.fault = `${begun.id} has other words: ${text}`
      else if (row.creditsDebited !== Math.ceil(seconds / 60))
        job.fault = `${begun.id} cost ${row.creditsDebited}`
      job.doneAt = performance.now()
      return
    }
    if (row.state !== 'queued' && row.state !== 'running')
      throw new Error(`${begun.id} ${row.state}: ${JSON.stringify(row.error)}`)
    await sleep(LOOK_MS)
  }
}

async function once(
  url: string,
  apiKey: string,
  init: RequestInit,
): Promise<{ what: string; body?: Record<string, unknown> }> {
  try {
    const headers = { ...init.headers, authorization: `Bearer ${apiKey}`, 'soku-api-key': apiKey }
    const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    const again = [429, 503].includes(answer.status) && !answer.headers.has('retry-after')
    const body = (await answer.json()) as Record<string, unknown>
    return { what: `${answer.status}${again ? ' without Retry-After' : ''}`, body }
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } }
    return { what: name === 'TimeoutError' ? 'no answer' : (cause?.code ?? name) }
  }
}
