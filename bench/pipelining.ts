/**
 * A download that takes as long as the recognition: unmodified yt-dlp, behind the guard, from the tests' double
 * of YouTube. If the one waited for the other, the end would come after twice that time.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ffmpeg } from '../test/support/media.ts'
import { readEvents } from '../test/support/native.ts'
import { startPlatformDouble } from '../test/support/platform-double/index.ts'
import { ytDlpCommand } from '../test/support/yt-dlp.ts'
import { benchModel, speech } from './material.ts'
import { table, timed } from './measure.ts'
import { type BenchServer, startBenchServer } from './server-under-test.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 1200)
const CONTAINERS = [
  {
    name: 'MP4 in fragments, as YouTube sends AAC',
    extension: 'm4a',
    args: ['-c:a', 'aac', '-b:a', '64k', '-movflags', '+dash+global_sidx'],
  },
  { name: 'MP4 with its index at the end', extension: 'm4a', args: ['-c:a', 'aac', '-b:a', '64k'] },
]

export async function pipelining(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  try {
    const rows: string[][] = []
    for (const container of CONTAINERS) rows.push(await measure(dir, container))
    return table(
      [
        'container',
        'recognition alone, s',
        'download alone, s',
        'first segment, s',
        'end, s',
        'end / longer of the two',
      ],
      rows,
    )
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function measure(
  dir: string,
  { name, extension, args }: (typeof CONTAINERS)[number],
): Promise<string[]> {
  const data = await mkdtemp(join(dir, 'case-'))
  const path = join(data, `media.${extension}`)
  await ffmpeg(['-i', await speech(SECONDS), ...args, path])
  const model = await benchModel()
  const settings = { EARSHOT_MODEL: model, EARSHOT_REUSE_HOURS: '0' }
  const alone = await withServer(join(data, 'alone'), settings, async (server) => {
    await server.transcribe(await speech(15))
    return (await timed(() => server.transcribe(path))) / 1000
  })
  const double = await startPlatformDouble({ path, type: 'audio/mp4', seconds: alone, length: SECONDS })
  const outside = {
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
  }
  try {
    const { first, end } = await withServer(join(data, 'both'), { ...settings, ...outside }, whileDownloading)
    const figures = [alone, alone, first, end].map((seconds) => seconds.toFixed(1))
    return [name, ...figures, (end / alone).toFixed(2)]
  } finally {
    await double.close()
  }
}

async function whileDownloading(server: BenchServer): Promise<{ first: number; end: number }> {
  await server.transcribe(await speech(15))
  const headers = { 'soku-api-key': server.apiKey, 'content-type': 'application/json' }
  const begin = performance.now()
  const since = (): number => (performance.now() - begin) / 1000
  const made = await fetch(`${server.origin}/v1/transcriptions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ url: 'https://www.youtube.com/watch?v=paceAAAAAA1', mode: 'speech' }),
  })
  const { id } = (await made.json()) as { id: string }
  let first = Number.NaN
  for await (const { event, data } of readEvents(
    await fetch(`${server.origin}/v1/transcriptions/${id}/events`, { headers }),
  )) {
    if (event === 'segment' && Number.isNaN(first)) first = since()
    if (event !== 'end') continue
    const { state } = data as { state: string }
    if (state !== 'succeeded') throw new Error(`the transcription ${state}: ${JSON.stringify(data)}`)
    break
  }
  return { first, end: since() }
}

async function withServer<T>(
  dataDir: string,
  env: Record<string, string>,
  work: (server: BenchServer) => Promise<T>,
): Promise<T> {
  const server = await startBenchServer(dataDir, env)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}
