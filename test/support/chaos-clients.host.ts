/** The clients of `chaos`: they ask again until they have their words, with the same idempotency keys. A program. */
import { openAsBlob } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientsOrder, type Job, wordsOf } from './chaos-jobs.ts'

process.once('message', async (order: ClientsOrder) => {
  const faults = await Promise.all(
    order.jobs.map((job) => beServed(order, job).catch((error: Error) => `job ${job.k}: ${error.message}`)),
  )
  process.send!(faults.filter((fault) => fault !== undefined))
  process.disconnect()
})

const PATIENCE_MS = 30_000
/** Hundreds at once would share two cores until each of them gives up and begins again, so that none ever ends. */
const UPLOADS_AT_ONCE = 6
const UPLOAD_PATIENCE_MS = 120_000
/** Between two questions; longer each time, as those who wait for something ask. */
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 3000
const GROWS = 1.3

/** A client that does not give up, with a key of its own. @returns what is wrong */
async function beServed({ origins }: ClientsOrder, job: Job): Promise<string | undefined> {
  const { k, apiKey } = job
  await sleep(job.after)
  const sound = await openAsBlob(job.sound)
  const form = (): FormData => {
    const body = new FormData()
    body.append('file', sound, `${k}.wav`)
    return body
  }
  const key = { 'soku-api-key': apiKey, 'idempotency-key': `job ${k}` }
  const media = await inTurn(() =>
    asked(origins, 201, (origin) =>
      fetch(`${origin}/v1/media`, {
        method: 'POST',
        headers: key,
        body: form(),
        signal: AbortSignal.timeout(UPLOAD_PATIENCE_MS),
      }),
    ),
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
  await begin(AbortSignal.timeout(k * 5))(oneOf(origins)).catch(() => {})
  const begun = await asked(origins, 202, (to) => begin(inTime())(to))
  const again = await asked(origins, 202, (to) => begin(inTime())(to))
  if (again.id !== begun.id) return `job ${k} was begun twice: ${begun.id} and ${again.id}`
  for (const pause = pauses(); ; await pause()) {
    const row = await asked(origins, 200, (origin) =>
      fetch(`${origin}/v1/transcriptions/${begun.id}`, { headers: json, signal: inTime() }),
    )
    if (row.state === 'succeeded') {
      const { text } = row.transcript as { text: string }
      const truth = wordsOf(job)
        .map(({ word }) => word)
        .join(' ')
      return text === truth ? undefined : `job ${k}: heard “${text}” instead of “${truth}”`
    }
    if (row.state !== 'queued' && row.state !== 'running')
      return `job ${k} ${row.state}: ${JSON.stringify(row.error)}`
  }
}

let uploading = 0
const waiting: (() => void)[] = []

async function inTurn<T>(upload: () => Promise<T>): Promise<T> {
  if (uploading < UPLOADS_AT_ONCE) uploading++
  // Whoever ends passes its place on.
  else await new Promise<void>((done) => void waiting.push(done))
  try {
    return await upload()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else uploading--
  }
}

const oneOf = (origins: readonly string[]): string => origins[Math.floor(Math.random() * origins.length)]!

const inTime = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS)

/** Asks until it is answered as it should be. @throws Error for an answer that asking again does not change */
async function asked(
  origins: readonly string[],
  status: number,
  ask: (origin: string) => Promise<Response>,
): Promise<Record<string, unknown>> {
  for (const pause = pauses(); ; await pause()) {
    const answer = await ask(oneOf(origins)).catch(() => undefined)
    const body = await answer?.json().catch(() => undefined)
    if (answer?.status === status && body) return body as Record<string, unknown>
    // 500 is never an answer to an accident.
    if (answer && body && ![429, 502, 503, 504].includes(answer.status))
      throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(body)}`)
  }
}

function pauses(): () => Promise<void> {
  let ms = FIRST_PAUSE_MS
  return async () => {
    await sleep(ms)
    ms = Math.min(LONGEST_PAUSE_MS, ms * GROWS)
  }
}
