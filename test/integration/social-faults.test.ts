/** Downloads that go wrong on the way, and ones that nobody wants any more: each ends, and nothing is left of it. */
import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createYtDlpFetcher, withJobFolder } from '../../src/adapters/fetcher/index.ts'
import type { FetchedMedia, Fetcher, MediaLink } from '../../src/ports/fetcher.ts'
import { type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { workingIn } from '../support/processes.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const LIMITS = { maxSeconds: 3600, maxBytes: 4 * 2 ** 20, timeoutMs: 120_000 }

let double: PlatformDouble
let dataDir: string
let fetcher: Fetcher

beforeAll(async () => {
  double = await startPlatformDouble()
  dataDir = await realpath(await mkdtemp(join(tmpdir(), 'earshot-faults-')))
  fetcher = createYtDlpFetcher({
    command: await ytDlpCommand(),
    dataDir,
    egressDial: { host: '127.0.0.1', port: double.port },
    egressCa: double.caFile,
    logger: { debug() {}, warn() {} },
    retryPauses: [],
    socketTimeout: 1,
    // Longer than all of yt-dlp's own tries: what stalls is theirs to notice.
    stallMs: 20_000,
  })
})
afterAll(async () => {
  await double?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const linkOf = (id: string): MediaLink => ({
  platform: 'youtube',
  id,
  canonicalUrl: `https://www.youtube.com/watch?v=${id}`,
})

/** In a folder of its own, as the pipeline does it. */
function download(
  id: string,
  signal = new AbortController().signal,
  began = () => {},
): Promise<FetchedMedia> {
  return withJobFolder(join(dataDir, 'work'), async (dir) => {
    const probed = await fetcher.probe(linkOf(id), dir, LIMITS, signal)
    return await fetcher.fetch(linkOf(id), probed, dir, LIMITS, began, signal)
  })
}

const asked = (id: string): number =>
  double.requests.filter((each) => each.includes('videoplayback') && each.includes(id)).length

describe('a download', () => {
  test.concurrent.each([
    ['that stalls', 'stalAAAAAA1', 'network', 'The platform could not be reached, or the connection broke.'],
    [
      'that lies about its length',
      'shorAAAAAA1',
      'network',
      'The download made no progress, or came too slowly.',
    ],
    [
      'that is cut off',
      'cutxAAAAAA1',
      'network',
      'The platform could not be reached, or the connection broke.',
    ],
    ['that never ends', 'endlAAAAAA1', 'too_large', 'The video is larger than this server allows (4 MB).'],
  ])('%s is given up', async (_, id, code, message) => {
    await expect(download(id)).rejects.toMatchObject({ code, message })
    expect(asked(id)).toBeGreaterThan(0)
    // The guard paces what would be a storm.
    expect(asked(id)).toBeLessThan(600)
  })

  test.concurrent('that nobody wants any more ends at once, whatever it was waiting for', async () => {
    const gone = new AbortController()
    let working = 0
    const work = download('slowAAAAAA1', gone.signal, () => {
      working = workingIn(dataDir).length
      gone.abort(new Error('nobody wants it'))
    })
    await expect(work).rejects.toThrow('nobody wants it')
    expect(working).toBeGreaterThan(0)
    expect(asked('slowAAAAAA1')).toBe(1)
  })
})

test('nothing is left of any of them', async () => {
  expect(workingIn(dataDir)).toEqual([])
  expect(await readdir(join(dataDir, 'work'))).toEqual([])
})
