/** Earshot over HTTP against the bare engine on the same parts: what everything around recognition costs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { partsOnDisk, startBareEngine } from './bare-engine.ts'
import { benchModel, speech } from './material.ts'
import { alternate, cpuSeconds, median, table, timed } from './measure.ts'
import { startBenchServer } from './server-under-test.ts'

const CASES = [
  { seconds: 5, rounds: 15, warmUp: 2 },
  { seconds: 600, rounds: 2, warmUp: 0 },
]
type Case = (typeof CASES)[number]

export async function engine(): Promise<string> {
  const rows: string[][] = []
  for (const each of CASES) rows.push(await compare(each))
  return table(
    [
      'speech',
      'bare engine, ms',
      'Earshot over HTTP, ms',
      'difference, ms',
      'ratio',
      'CPU of the server process, ms',
    ],
    rows,
  )
}

async function compare({ seconds, rounds, warmUp }: Case): Promise<string[]> {
  const model = await benchModel()
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const bare = await startBareEngine(model)
  const server = await startBenchServer(join(dir, 'data'), {
    EARSHOT_MODEL: model,
    EARSHOT_REUSE_HOURS: '0',
  })
  try {
    const recording = await speech(seconds)
    const parts = await partsOnDisk(recording, model, join(dir, 'parts'))
    const cpu: number[] = []
    const values = await alternate(
      rounds,
      {
        bare: () => timed(() => bare.recognise(parts)),
        earshot: async () => {
          const before = cpuSeconds(server.pid, 'own')
          const took = await timed(() => server.transcribe(recording))
          cpu.push((cpuSeconds(server.pid, 'own') - before) * 1000)
          return took
        },
      },
      warmUp,
    )
    const [a, b] = [median(values.bare), median(values.earshot)]
    const figures = [a, b, b - a].map((ms) => ms.toFixed(0))
    return [`${seconds} s`, ...figures, (b / a).toFixed(3), median(cpu).toFixed(0)]
  } finally {
    bare.close()
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
