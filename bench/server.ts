/** The server itself while all cores are busy, against bare Fastify that answers the same; and idle streams. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon, { type Options } from 'autocannon'
import { uploadFile } from '../test/support/client.ts'
import { memoryOf } from '../test/support/processes.ts'
import { benchModel, speech } from './material.ts'
import { median, table, timed } from './measure.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

const CONNECTIONS = 20
const SECONDS = 3
const ROUNDS = 2
const STREAMS = 5000

const HEAD = [
  'request',
  'Earshot, requests/s',
  'bare Fastify, requests/s',
  'ratio',
  'p99, ms',
  'p99 bare, ms',
]

type Asked = Pick<Options, 'url' | 'method' | 'headers' | 'body'>

export async function server(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const model = await benchModel()
  const earshot = await startBenchServer(join(dir, 'data'), { EARSHOT_MODEL: model })
  try {
    const cases = await requests(earshot)
    const stop = keepBusy(earshot)
    const stalls = await eventLoop(earshot)
    const rows: string[][] = []
    for (const [name, asked] of Object.entries(cases)) rows.push([name, ...(await compare(asked))])
    await stop()
    const streams = await idleStreams(dir, model)
    return `${table(HEAD, rows)}\n\n${stalls}\n\n${streams}`
  } finally {
    await earshot.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

/** What is asked, each with the server's own answer to hold bare Fastify to. */
async function requests({ origin, apiKey, transcribe }: BenchServer): Promise<Record<string, Asked>> {
  await transcribe(await speech(15))
  const headers = { 'soku-api-key': apiKey, 'content-type': 'application/json' }
  const media = await uploadFile(origin, apiKey, await speech(15))
  const list = await fetch(`${origin}/v1/transcriptions`, { headers })
  const { items } = (await list.json()) as { items: { id: string }[] }
  const replay: Asked = {
    url: `${origin}/v1/ai/transcribe`,
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'bench' },
    body: JSON.stringify({ mediaId: media.body.mediaId }),
  }
  await ask(replay)
  return {
    'GET /healthz': { url: `${origin}/healthz`, method: 'GET' },
    'GET /v1/transcriptions/{id}': {
      url: `${origin}/v1/transcriptions/${items[0]!.id}`,
      method: 'GET',
      headers,
    },
    'an idempotent replay': replay,
    'a refused request': { ...replay, headers: { ...headers, 'soku-api-key': 'sk_live_wrong' } },
  }
}

const ask = (asked: Asked): Promise<Response> =>
  fetch(asked.url, {
    method: asked.method!,
    headers: asked.headers as Record<string, string>,
    body: (asked.body as string) ?? null,
  })

async function compare(asked: Asked): Promise<string[]> {
  const answer = await ask(asked)
  const bare = fork(
    join(import.meta.dirname, 'bare-fastify.ts'),
    [JSON.stringify(await answer.json()), String(answer.status)],
    { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  try {
    const url = await firstLine(bare)
    const ours: autocannon.Result[] = []
    const theirs: autocannon.Result[] = []
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await fire(asked))
      theirs.push(await fire({ ...asked, url }))
    }
    const rate = (all: autocannon.Result[]): number => median(all.map((r) => r.requests.average))
    const late = (all: autocannon.Result[]): string => median(all.map((r) => r.latency.p99)).toFixed(0)
    const ratio = (rate(ours) / rate(theirs)).toFixed(2)
    return [rate(ours).toFixed(0), rate(theirs).toFixed(0), ratio, late(ours), late(theirs)]
  } finally {
    bare.disconnect()
  }
}

const firstLine = async (child: ChildProcess): Promise<string> =>
  String((await once(child.stdout!, 'data'))[0]).trim()

const fire = (asked: Asked): Promise<autocannon.Result> =>
  autocannon({ ...asked, connections: CONNECTIONS, duration: SECONDS } as Options)

/** All cores at work until the end of the bench. */
function keepBusy({ transcribe }: BenchServer): () => Promise<void> {
  let going = true
  const jobs = Array.from({ length: 3 }, async () => {
    const recording = await speech(60)
    while (going) await transcribe(recording)
  })
  return async () => {
    going = false
    await Promise.all(jobs)
  }
}

/** How late the event loop was while nothing but recognition went on, as the server itself measures it. */
async function eventLoop({ origin }: BenchServer): Promise<string> {
  const measured = async (): Promise<string> => (await fetch(`${origin}/metrics`)).text()
  await measured() // each look begins a new measurement
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 2000))
  const text = await measured()
  const late = (name: string): string =>
    (Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(text)?.[1]) * 1000).toFixed(
      0,
    )
  return `Event loop while recognising: p99 ${late('p99')} ms (10 ms are its resolution), at most ${late('max')} ms.`
}

/** Clients that wait for the events of a transcription that waits itself, behind a long one. */
async function idleStreams(dir: string, model: string): Promise<string> {
  const earshot = await startBenchServer(join(dir, 'streams'), {
    EARSHOT_MODEL: model,
    EARSHOT_SLOTS: '1',
    EARSHOT_JOBS: '1',
  })
  const sockets: ClientRequest[] = []
  try {
    const { origin, apiKey, pid } = earshot
    const headers = { 'soku-api-key': apiKey }
    await queue(earshot, 3600)
    const id = await queue(earshot, 15)
    const open = async (): Promise<void> => {
      const stream = request(`${origin}/v1/transcriptions/${id}/events`, { headers, agent: false }).end()
      sockets.push(stream)
      const [response] = (await once(stream, 'response')) as [IncomingMessage]
      if (response.statusCode !== 200) throw new Error(`a stream was answered ${response.statusCode}`)
      response.resume()
    }
    for (let k = 0; k < 200; k++) await open()
    const before = memoryOf(pid)
    for (let k = 0; k < STREAMS; k += 100) await Promise.all(Array.from({ length: 100 }, open))
    const each = (memoryOf(pid) - before) / STREAMS / 1000
    const took = await timed(async () => {
      const answer = await fetch(`${origin}/healthz`)
      if (!answer.ok) throw new Error(`/healthz answered ${answer.status}`)
    })
    return `${STREAMS} idle event streams: ${each.toFixed(1)} kB each; /healthz beside them in ${took.toFixed(0)} ms.`
  } finally {
    for (const socket of sockets) socket.on('error', () => {}).destroy()
    await earshot.stop()
  }
}

async function queue({ origin, apiKey }: BenchServer, seconds: number): Promise<string> {
  const media = await uploadFile(origin, apiKey, await speech(seconds))
  const answer = await fetch(`${origin}/v1/transcriptions`, {
    method: 'POST',
    headers: { 'soku-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ mediaId: media.body.mediaId }),
  })
  return ((await answer.json()) as { id: string }).id
}
