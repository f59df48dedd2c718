/** Earshot over HTTP against the bare engine on the same parts: what everything around recognition costs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { partsOnDisk, startBareEngine } from './bare-engine.ts'
import { lighterModel, speech, whisperModel } from './material.ts'
import { alternate, cpuSeconds, median, table, timed } from './measure.ts'
import { startBenchServer } from './server-under-test.ts'

const SLOTS = 2
const CASES = [
  { seconds: 5, part: 5, rounds: 15, warmUp: 2 },
  { seconds: 600, part: 12, rounds: 2, warmUp: 0 },
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

async function compare({ seconds, part, rounds, warmUp }: Case): Promise<string[]> {
  // What it says fits into a part: more would be taken for a model that found no end, and decoded again.
  const model = await whisperModel('base', 'int8', part)
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const bare = await startBareEngine(model, SLOTS, (await lighterModel(model)).files)
  const server = await startBenchServer(join(dir, 'data'), {
    EARSHOT_MODEL: model,
    EARSHOT_SLOTS: String(SLOTS),
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
