/** Ten times as many requests as the slots can do: what still answers, what is refused, and what is taken on. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryOf } from '../test/support/processes.ts'
import { toneAudio, wav, writeToneModel } from '../test/support/tone.ts'
import type { LoadFigures, LoadOrder } from './load-clients.ts'
import { cpuSeconds, quantile, table } from './measure.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 30)
const TIMES = 10
const QUEUE = 50
const CALM_CLIENTS = 4
const CALM_SECONDS = 8
/** What a client waits for an answer. */
const PATIENCE_MS = 60_000

const HEAD = ['', 'calm', `${TIMES} times as much`]

export async function load(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const recording = join(dir, 'talk.wav')
  await writeFile(recording, wav(toneAudio([{ word: 'one', at: 0.5 }], 5)))
  const env = { EARSHOT_MODEL: await writeToneModel(join(dir, 'model')), EARSHOT_QUEUE: String(QUEUE) }
  const earshot = await startBenchServer(join(dir, 'data'), env)
  try {
    const ask = { origin: earshot.origin, apiKey: earshot.apiKey, recording, patienceMs: PATIENCE_MS }
    const calm = await under(earshot, {
      ...ask,
      kind: 'one after the other',
      clients: CALM_CLIENTS,
      seconds: CALM_SECONDS,
    })
    const rate = TIMES * (calm.accepted.length / CALM_SECONDS)
    const busy = await under(earshot, { ...ask, kind: 'at a rate', rate, seconds: SECONDS })
    return table(HEAD, rows(calm, busy))
  } finally {
    await earshot.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

interface Measured extends LoadFigures {
  seconds: number
  health: number[]
  memory: number
  /** Milliseconds of computing for each request, of the server's own process. */
  serverCpu: number
}

async function under(earshot: BenchServer, order: LoadOrder): Promise<Measured> {
  const clients = fork(join(import.meta.dirname, 'load-clients.ts'), { execArgv: ['--import', 'tsx'] })
  const health: number[] = []
  let memory = 0
  const before = cpuSeconds(earshot.pid, 'own')
  clients.send(order)
  const figures = (await Promise.race([
    once(clients, 'message'),
    watch(earshot, clients, (ms) => {
      health.push(ms)
      memory = Math.max(memory, memoryOf(earshot.pid))
    }),
  ])) as [LoadFigures]
  clients.kill()
  const serverCpu = ((cpuSeconds(earshot.pid, 'own') - before) * 1000) / figures[0].sent
  return { ...figures[0], seconds: order.seconds, health, memory, serverCpu }
}

/** `/healthz`, ten times a second, from a process that does nothing else. */
async function watch(
  earshot: BenchServer,
  clients: ChildProcess,
  seen: (ms: number) => void,
): Promise<never> {
  while (clients.exitCode === null && clients.signalCode === null) {
    const begin = performance.now()
    await (await fetch(`${earshot.origin}/healthz`)).text()
    seen(performance.now() - begin)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the clients ended early')
}

function rows(calm: Measured, busy: Measured): string[][] {
  const row = (name: string, figure: (of: Measured) => string): string[] => [name, figure(calm), figure(busy)]
  const ms = (values: number[], q: number): string =>
    values.length === 0 ? '–' : `${quantile(values, q).toFixed(0)} ms`
  return [
    row('requests a second', ({ sent, seconds }) => (sent / seconds).toFixed(1)),
    row('taken on a second', ({ accepted, seconds }) => (accepted.length / seconds).toFixed(1)),
    row('refused, with Retry-After', ({ refused }) => String(refused.length)),
    row(
      'otherwise failed',
      ({ failed }) =>
        Object.entries(failed)
          .map(([why, n]) => `${n} × ${why}`)
          .join(', ') || '0',
    ),
    row('/healthz, median', ({ health }) => ms(health, 0.5)),
    row('/healthz, p95', ({ health }) => ms(health, 0.95)),
    row('/healthz, longest', ({ health }) => ms(health, 1)),
    row('taken on: answered after, median', ({ accepted }) => ms(accepted, 0.5)),
    row('taken on: answered after, p95', ({ accepted }) => ms(accepted, 0.95)),
    row('refused: answered after, p95', ({ refused }) => ms(refused, 0.95)),
    row(
      'computing for each request: server, client',
      ({ serverCpu, cpu }) => `${serverCpu.toFixed(1)} ms, ${cpu.toFixed(1)} ms`,
    ),
    row('memory of the server, peak', ({ memory }) => `${(memory / 1e6).toFixed(0)} MB`),
  ]
}
