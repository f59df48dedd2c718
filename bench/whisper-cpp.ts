/**
 * Earshot over HTTP against whisper.cpp, at equal size, on the same speech: `whisper-cli` and `whisper-server`
 * of `PATH` or of the folder that `WHISPER_CPP` names. Both sides have two threads, know the language, and
 * decode greedily, which is whisper.cpp's quickest; its best of f16 and q8_0 is what counts.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { partsOnDisk } from './bare-engine.ts'
import { ggmlModel, quantisedGgmlModel, speech, speechWav, whisperModel } from './material.ts'
import { alternate, cpuOfEnded, cpuSeconds, median, table, timed, watchMemory } from './measure.ts'
import { SIZES, type Size } from './scripted-whisper.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

const PROGRAMS = ['whisper-cli', 'whisper-server', 'whisper-quantize'] as const
const THREADS = Math.min(2, availableParallelism())
const LENGTHS = (process.env.BENCH_SECONDS ?? '15,60,600').split(',').map(Number)
const WANTED = (process.env.BENCH_SIZES ?? 'tiny,base').split(',').filter((size) => size in SIZES) as Size[]

export async function whisperCpp(): Promise<string> {
  const programs = Object.fromEntries(PROGRAMS.map((name) => [name, find(name)]))
  const missing = PROGRAMS.filter((name) => !programs[name])
  if (missing.length > 0)
    return `Skipped: ${missing.join(', ')} not found. Install whisper.cpp, or name its folder of programs in WHISPER_CPP.`
  const rows: string[][] = []
  for (const size of WANTED)
    for (const seconds of LENGTHS) rows.push(await compare(programs as Programs, size, seconds))
  return table(
    [
      'model',
      'speech',
      'Earshot int8: wall, CPU, memory',
      'whisper-server q8_0',
      'whisper-server f16',
      'whisper-cli q8_0',
      'whisper-cli f16',
      'Earshot / best',
    ],
    rows,
  )
}

type Programs = Record<(typeof PROGRAMS)[number], string>

const find = (name: string): string | undefined =>
  [process.env.WHISPER_CPP ?? '', ...(process.env.PATH ?? '').split(delimiter)]
    .map((dir) => join(dir, name))
    .find((path) => path !== name && existsSync(path))

/** What one run costs: seconds of the clock, seconds of CPU, bytes of all processes at their peak. */
interface Cost {
  wall: number
  cpu: number
  memory: number
}

async function compare(programs: Programs, size: Size, seconds: number): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const recording = await speech(seconds)
  // All say as many words in all: each script fills the window, or the part, that it is read in.
  const window = Math.min(30, Math.max(15, seconds))
  const parts = await partsOnDisk(recording, await whisperModel(size, 'int8'), join(dir, 'parts'), seconds)
  const model = await whisperModel(size, 'int8', Math.round(seconds / parts.length))
  const models = {
    q8_0: await quantisedGgmlModel(size, window, programs['whisper-quantize']),
    f16: await ggmlModel(size, window),
  }
  const wav = await speechWav(seconds)
  const earshot = await startBenchServer(join(dir, 'data'), {
    EARSHOT_MODEL: model,
    EARSHOT_SLOTS: String(THREADS),
  })
  const servers = [
    await startWhisperServer(programs['whisper-server'], models.q8_0),
    await startWhisperServer(programs['whisper-server'], models.f16),
  ] as const
  const costs: Record<string, Cost[]> = {}
  const run = (name: string, work: () => Promise<Cost>) => async (): Promise<number> => {
    const cost = await work()
    costs[name] = [...(costs[name] ?? []), cost]
    return cost.wall
  }
  try {
    await alternate(
      seconds > 120 ? 1 : 5,
      {
        earshot: run('earshot', () =>
          ofServer(earshot.pid, () => earshot.transcribe(recording, { language: 'en' })),
        ),
        'server q8_0': run('server q8_0', () => ofServer(servers[0].pid, () => infer(servers[0], wav))),
        'server f16': run('server f16', () => ofServer(servers[1].pid, () => infer(servers[1], wav))),
        'cli q8_0': run('cli q8_0', () => ofCommand(programs['whisper-cli'], models.q8_0, wav)),
        'cli f16': run('cli f16', () => ofCommand(programs['whisper-cli'], models.f16, wav)),
      },
      seconds > 120 ? 0 : 1,
    )
    return row(size, seconds, costs)
  } finally {
    await Promise.all([stop(earshot), ...servers.map(stop)])
    await rm(dir, { recursive: true, force: true })
  }
}

const stop = ({ stop }: Pick<BenchServer, 'stop'>): Promise<unknown> => stop()

function row(size: Size, seconds: number, costs: Record<string, Cost[]>): string[] {
  const names = ['earshot', 'server q8_0', 'server f16', 'cli q8_0', 'cli f16']
  const middle = (name: string, of: keyof Cost): number => median(costs[name]!.map((cost) => cost[of]))
  const best = Math.min(...names.slice(1).map((name) => middle(name, 'wall')))
  const cells = names.map((name) => {
    const memory = (middle(name, 'memory') / 1e6).toFixed(0)
    return `${middle(name, 'wall').toFixed(2)} s, ${middle(name, 'cpu').toFixed(1)} s, ${memory} MB`
  })
  return [size, `${seconds} s`, ...cells, (middle('earshot', 'wall') / best).toFixed(2)]
}

async function ofServer(pid: number, work: () => Promise<unknown>): Promise<Cost> {
  const memory = watchMemory(pid)
  const before = cpuSeconds(pid)
  const wall = (await timed(work)) / 1000
  return { wall, cpu: cpuSeconds(pid) - before, memory: memory.stop() }
}

async function ofCommand(program: string, model: string, wav: string): Promise<Cost> {
  const before = cpuOfEnded()
  const running = promisify(execFile)(program, ['-m', model, '-f', wav, ...GREEDY], { maxBuffer: 1 << 26 })
  const memory = watchMemory(running.child.pid!)
  const wall = (await timed(() => running)) / 1000
  return { wall, cpu: cpuOfEnded() - before, memory: memory.stop() }
}

const GREEDY = ['-t', String(THREADS), '-l', 'en', '-bs', '1', '-bo', '1']

interface WhisperServer {
  url: string
  pid: number
  stop(): Promise<unknown>
}

async function startWhisperServer(program: string, model: string): Promise<WhisperServer> {
  const port = await freePort()
  const child: ChildProcess = spawn(program, ['-m', model, '--port', String(port), ...GREEDY], {
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${program} ended at once`)
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    url,
    pid: child.pid!,
    stop() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      return ended
    },
  }
}

async function infer({ url }: WhisperServer, wav: string): Promise<void> {
  const form = new FormData()
  form.set('file', await openAsBlob(wav), 'speech.wav')
  form.set('response_format', 'verbose_json')
  const body = new Response(form)
  // fetch gives up after five minutes without an answer, and an hour of speech may take longer.
  const headers = { 'content-type': body.headers.get('content-type')! }
  const sent = request(`${url}/inference`, { method: 'POST', headers })
  sent.end(Buffer.from(await body.arrayBuffer()))
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const { text: said } = JSON.parse(await text(answer)) as { text?: string }
  if (answer.statusCode !== 200 || !said) throw new Error(`whisper-server answered ${answer.statusCode}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
