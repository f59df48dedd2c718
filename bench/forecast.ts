/** How true the estimates of the end are that somebody sees, on a server that has heard nothing before. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { TranscriptionReply } from '../src/contract/native.ts'
import { uploadFile } from '../test/support/client.ts'
import { nativeClient } from '../test/support/native.ts'
import { benchModel, speech } from './material.ts'
import { table } from './measure.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

/** One after another, seconds. */
const LENGTHS = [300, 30, 120, 600]
/** How far into the time that each took. */
const LOOKS = [0.25, 0.5, 0.75]
const LOOK_MS = 100

interface Look {
  at: number
  secondsLeft: number | null
}

export async function forecast(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const model = await benchModel()
  const recordings = await Promise.all(LENGTHS.map(speech))
  const server = await startBenchServer(join(dir, 'data'), { EARSHOT_MODEL: model })
  const rows: string[][] = []
  try {
    for (const [k, recording] of recordings.entries())
      rows.push([`${LENGTHS[k]} s`, ...rowOf(await watched(server, recording))])
  } finally {
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
  return table(
    [
      'recording',
      'took, s',
      ...LOOKS.map((look) => `after ${100 * look} %: said, was, s`),
      'nothing said, s',
    ],
    rows,
  )
}

/** What was said of it until its end, ms. */
async function watched({ origin, apiKey }: BenchServer, recording: string) {
  const client = nativeClient(origin, apiKey)
  const { body } = await uploadFile(origin, apiKey, recording)
  const start = performance.now()
  const { id } = (await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId: body.mediaId }))
    .body
  const looks: Look[] = []
  for (;;) {
    const { state, secondsLeft } = (await client.call<TranscriptionReply>('GET', `/transcriptions/${id}`))
      .body
    const at = performance.now() - start
    if (state === 'succeeded') return { looks, took: at }
    if (state === 'failed' || state === 'cancelled') throw new Error(`a recording ${state}`)
    looks.push({ at, secondsLeft })
    await wait(LOOK_MS)
  }
}

function rowOf({ looks, took }: { looks: readonly Look[]; took: number }): string[] {
  const said = LOOKS.map((share) => {
    const look = looks.findLast(({ at }) => at <= share * took)
    const left = look?.secondsLeft?.toFixed(1) ?? '–'
    return `${left}, ${((took - (look?.at ?? 0)) / 1000).toFixed(1)}`
  })
  const first = looks.find(({ secondsLeft }) => secondsLeft !== null)?.at ?? took
  return [(took / 1000).toFixed(1), ...said, (first / 1000).toFixed(1)]
}
