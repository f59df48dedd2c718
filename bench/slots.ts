/** One process with all cores against two that share them: many short recordings at once, and one long one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchModel, speech } from './material.ts'
import { alternate, median, table, timed } from './measure.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

const ROUNDS = 2
const SHORT = { seconds: 15, count: 16 }
const LONG = { seconds: 180 }

export async function slots(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const model = await benchModel()
  const [short, long] = await Promise.all([speech(SHORT.seconds), speech(LONG.seconds)])
  const start = (count: number): Promise<BenchServer> =>
    startBenchServer(join(dir, `data-${count}`), { EARSHOT_MODEL: model, EARSHOT_SLOTS: String(count) })
  const [one, two] = [await start(1), await start(2)]
  const many = async (server: BenchServer): Promise<void> => {
    await Promise.all(Array.from({ length: SHORT.count }, () => server.transcribe(short)))
  }
  try {
    const shorts = await alternate(ROUNDS, {
      one: () => timed(() => many(one)),
      two: () => timed(() => many(two)),
    })
    const longs = await alternate(
      ROUNDS,
      { one: () => timed(() => one.transcribe(long)), two: () => timed(() => two.transcribe(long)) },
      0,
    )
    return table(
      ['work', 'one process, s', 'two processes, s', 'two / one'],
      [
        [`${SHORT.count} recordings of ${SHORT.seconds} s at once`, ...row(shorts)],
        [`one recording of ${LONG.seconds} s`, ...row(longs)],
      ],
    )
  } finally {
    await Promise.all([one.stop(), two.stop()])
    await rm(dir, { recursive: true, force: true })
  }
}

function row(values: { one: number[]; two: number[] }): string[] {
  const [one, two] = [median(values.one), median(values.two)]
  return [(one / 1000).toFixed(1), (two / 1000).toFixed(1), (two / one).toFixed(2)]
}
