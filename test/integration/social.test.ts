import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createYtDlpFetcher, withJobFolder } from '../../src/adapters/fetcher/index.ts'
import { parseLink } from '../../src/domain/links/index.ts'
import type { Fetcher, FetchProgress, MediaLink } from '../../src/ports/fetcher.ts'
import { type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const LIMITS = { maxSeconds: 3600, maxBytes: 100 * 2 ** 20, timeoutMs: 60_000 }
const quiet = { debug() {}, warn() {} }
const never = new AbortController().signal

let double: PlatformDouble
let dataDir: string
let fetcher: Fetcher

beforeAll(async () => {
  double = await startPlatformDouble()
  dataDir = await mkdtemp(join(tmpdir(), 'earshot-social-'))
  fetcher = createYtDlpFetcher({
    command: await ytDlpCommand(),
    dataDir,
    egressDial: { host: '127.0.0.1', port: double.port },
    egressCa: double.caFile,
    logger: quiet,
    retryPauses: [],
  })
})
afterAll(async () => {
  await double?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const linkOf = (url: string): MediaLink => {
  const parsed = parseLink(url)
  if (parsed.kind !== 'media') throw new Error('a short link')
  return parsed.link
}

test('a YouTube video: described first, then fetched without asking for a page again', async () => {
  await withJobFolder(dataDir, async (dir) => {
    const link = linkOf('https://www.youtube.com/watch?v=dQw4w9WgXcQ')
    const probed = await fetcher.probe(link, dir, LIMITS, never)
    expect(probed).toMatchObject({ title: 'Double video dQw4w9WgXcQ', author: 'Double channel', duration: 8 })
    expect(probed.captions).toEqual([
      { language: 'de', kind: 'human' },
      { language: 'en', kind: 'automatic' },
    ])
    const before = double.requests.length
    const progress: (number | null)[] = []
    const onProgress = ({ fraction }: FetchProgress) => void progress.push(fraction)
    const fetched = await fetcher.fetch(link, probed, dir, LIMITS, onProgress, never)
    expect(fetched.bytes).toBe((await readFile(fetched.path)).length)
    expect(double.requests.slice(before)).toEqual([expect.stringContaining('googlevideo.com/videoplayback')])
    expect(progress.at(-1)).toBe(1)
    const stream = execFileSync('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_type',
      '-of',
      'csv=p=0',
      fetched.path,
    ])
    expect(stream.toString().trim()).toBe('audio')
  })
})

test.each([
  ['to this machine', '661'],
  ['to a metadata service', '662'],
  ['to a file', '663'],
  ['to a look-alike', '664'],
  ['by a redirect of the CDN', '665'],
  ['to this machine in IPv6', '666'],
  ['to another port', '667'],
  ['by a redirect of the page', '003'],
])('a page that leads yt-dlp away, %s, leads it nowhere', async (_, ending) => {
  const link = linkOf(`https://www.linkedin.com/posts/double_x-activity-7151241570371948${ending}-4Gu7`)
  const from = double.requests.length
  await withJobFolder(dataDir, async (dir) => {
    const work = fetcher
      .probe(link, dir, LIMITS, never)
      .then((probed) => fetcher.fetch(link, probed, dir, LIMITS, () => {}, never))
    await expect(work).rejects.toMatchObject({ code: 'unsupported_link' })
  })
  for (const url of double.requests.slice(from))
    expect(url).toMatch(/^(GET|HEAD) https:\/\/(www\.linkedin|dms\.licdn)\.com\//)
})
