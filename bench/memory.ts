/** What the server process needs at most, for recordings of very different lengths, and after many jobs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLong, makeMedia } from '../test/support/media.ts'
import { forgetPeak, memoryOf } from '../test/support/processes.ts'
import { toneAudio, toneProgramme, writeToneModel } from '../test/support/tone.ts'
import { table } from './measure.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

const MINUTES = [1, 60, 600]
const MB = 1e6

/** One minute, one hour, ten hours. */
export const memory = (): Promise<string> =>
  withServer(async (server, dir) => {
    const minute = await tones(dir, 60)
    await server.transcribe(minute) // what is loaded once
    const peaks: number[] = []
    for (const minutes of MINUTES) {
      const recording = join(dir, `${minutes}.mka`)
      await makeLong(minute, recording, minutes)
      forgetPeak(server.pid)
      await server.transcribe(recording)
      peaks.push(memoryOf(server.pid, 'peak') / MB)
      await rm(recording)
    }
    const rows = MINUTES.map((minutes, k) => [
      `${minutes} min`,
      peaks[k]!.toFixed(0),
      `+${(peaks[k]! - peaks[0]!).toFixed(0)}`,
    ])
    return table(['recording', 'peak of the server process, MB', 'over one minute, MB'], rows)
  })

const JOBS = Number(process.env.BENCH_JOBS ?? 2000)
const AT_ONCE = 8

/** Many short jobs, one after the other: nothing may grow once all is warm. */
export const week = (): Promise<string> =>
  withServer(async (server, dir) => {
    const clip = await tones(dir, 1)
    const step = JOBS / 5
    const rows: string[][] = []
    for (let done = step; done <= JOBS; done += step) {
      let left = step
      const work = async (): Promise<void> => {
        while (left-- > 0) await server.transcribe(clip)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      rows.push([String(done), (memoryOf(server.pid) / MB).toFixed(0)])
    }
    return table(['jobs done', 'resident, MB'], rows)
  })

const tones = (dir: string, seconds: number): Promise<string> =>
  makeMedia(dir, toneAudio(toneProgramme(1, seconds), seconds), { format: 'flac', name: `tones-${seconds}` })

async function withServer(work: (server: BenchServer, dir: string) => Promise<string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const model = writeToneModel(join(dir, 'model'))
  const server = await startBenchServer(join(dir, 'data'), { EARSHOT_MODEL: model, EARSHOT_SLOTS: '2' })
  try {
    return await work(server, dir)
  } finally {
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
