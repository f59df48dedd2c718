/** Fifty links at once, half of them cancelled wherever they stand, and a server that stops in the middle of others. */
import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListTranscriptionsReply, TranscriptionReply } from '../../src/contract/native.ts'
import { DOUBLE_TEXT } from '../support/platform-double/index.ts'
import { workingIn } from '../support/processes.ts'
import { type SocialClient, type SocialInstallation, socialClient, startSocial } from '../support/social.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const PAIRS = 25
const CREDITS = 100
const POLL = { timeout: 50_000, interval: 50 }

let installation: SocialInstallation
let client: SocialClient
let dataDir: string

beforeAll(async () => {
  await ytDlpCommand()
  installation = await startSocial({ EARSHOT_JOBS: '8' })
  client = await socialClient(installation, CREDITS)
  dataDir = await realpath(installation.dataDir)
})
afterAll(() => installation?.close())

const numbered = (kind: string, n: number): string => `${kind}AAAAA${String(n).padStart(2, '0')}`

async function make(id: string): Promise<string> {
  const url = `https://www.youtube.com/watch?v=${id}`
  const { status, body } = await client.native.call<TranscriptionReply>('POST', '/transcriptions', { url })
  expect(status).toBe(202)
  return body.id
}

/** Until `count` of the videos that never come are being downloaded. */
async function stalled(count: number): Promise<void> {
  const asked = (): number =>
    new Set(installation.double.requests.filter((each) => /videoplayback\?id=stal/.test(each))).size
  await expect.poll(asked, POLL).toBeGreaterThanOrEqual(count)
}

describe('fifty at once, of which half are cancelled', () => {
  it('the others are delivered, and nothing is left of any', async () => {
    const kinds = Array.from({ length: PAIRS }, (_, n) => [numbered('stal', n), numbered('good', n)]).flat()
    const ids = await Promise.all(kinds.map(make))
    const unwanted = ids.filter((_, i) => i % 2 === 0)
    // Some are in the middle of a download by now, some are being described, most are waiting.
    await stalled(2)
    expect(workingIn(dataDir).length).toBeGreaterThan(0)
    await Promise.all(unwanted.map((id) => client.native.call('DELETE', `/transcriptions/${id}`)))

    const wanted = ids.filter((_, i) => i % 2 === 1)
    const ended = await Promise.all(wanted.map((id) => client.native.ended(id)))
    expect(ended.map((each) => [each.state, each.transcript?.text])).toEqual(
      Array(PAIRS).fill(['succeeded', DOUBLE_TEXT]),
    )
    const { items } = (await client.native.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=100'))
      .body
    expect(items.filter(({ id }) => unwanted.includes(id)).map(({ state }) => state)).toEqual(
      Array(PAIRS).fill('cancelled'),
    )
    expect(await client.credits()).toMatchObject({ posted: CREDITS - PAIRS, pending: 0 })
    // The last one's folder goes just after its end was told.
    await expect.poll(() => workingIn(dataDir), POLL).toEqual([])
    await expect.poll(() => readdir(join(dataDir, 'work')), POLL).toEqual([])
  }, 240_000)
})

describe('a server that stops while videos are downloaded', () => {
  it('leaves no process behind, even when it is killed', async () => {
    installation.double.requests.length = 0
    await Promise.all([make(numbered('stal', 31)), make(numbered('stal', 32))])
    await stalled(2)
    expect(workingIn(dataDir).length).toBeGreaterThan(0)
    await installation.server.kill()
    // Their only way out is gone with the server, and they give up.
    await expect.poll(() => workingIn(dataDir), POLL).toEqual([])
  })
})
