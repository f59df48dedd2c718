/** The seven platforms through the whole program: unmodified yt-dlp, the guard, ffmpeg, the engine, the ledger. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { HOSTILE } from '../support/hostile-links.ts'
import { REFUSED } from '../support/link-table.ts'
import { readEvents } from '../support/native.ts'
import { DOUBLE_TEXT } from '../support/platform-double/index.ts'
import { HELD_LENGTH, PROGRAMME } from '../support/platform-double/media.ts'
import { earshot } from '../support/server.ts'
import { type SocialClient, type SocialInstallation, socialClient, startSocial } from '../support/social.ts'
import { WORD_LENGTH } from '../support/tone.ts'

let installation: SocialInstallation
let client: SocialClient

beforeAll(async () => {
  installation = await startSocial()
  client = await socialClient(installation)
})
afterAll(() => installation?.close())

const TIKTOK = 'https://www.tiktok.com/@double/video/7000000000000000001'

describe('the words of a video on each platform', () => {
  it.each([
    ['YouTube', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['TikTok', TIKTOK],
    ['TikTok, behind its riddle', 'https://www.tiktok.com/@double/video/7000000000000000777'],
    ['Instagram', 'https://www.instagram.com/reel/Cx-y_Z12345/'],
    ['Instagram, an album that begins with a photo', 'https://www.instagram.com/p/AlbumAAA_1/'],
    ['Facebook', 'https://www.facebook.com/watch/?v=1234567890'],
    ['a post on Facebook', 'https://www.facebook.com/double/posts/pfbid02AbCdEfGhIjKlMnOpQrStUvWxYz'],
    ['X, in HLS', 'https://x.com/double/status/1700000000000000001'],
    ['X, the second video of a post', 'https://x.com/double/status/1700000000000000002/video/2'],
    ['X, by the embedded post when the API counts', 'https://twitter.com/double/status/1700000000000000429'],
    ['LinkedIn', 'https://www.linkedin.com/posts/double_x-activity-7151241570371948544-4Gu7'],
    ['Pinterest', 'https://www.pinterest.com/pin/664281013778109217/'],
    ['Pinterest, an idea pin', 'https://www.pinterest.de/pin/a-slug--664281013778109002/'],
  ])('%s', async (_, url) => {
    const { status, body } = await client.transcribe(url)
    expect({ status, error: body.error }).toEqual({ status: 200, error: undefined })
    expect(body).toMatchObject({ ok: true, source: 'speech', reused: false, caption: { text: DOUBLE_TEXT } })
    const { segments } = body.caption!
    expect(segments.map((each) => each.text).join(' ')).toBe(DOUBLE_TEXT)
    expect(segments[0]!.start).toBeCloseTo(PROGRAMME[0]!.at, 0)
    expect(segments.at(-1)!.end).toBeCloseTo(PROGRAMME.at(-1)!.at + WORD_LENGTH, 0)
  })

  it('one credit each, and books that add up', async () => {
    expect(await client.credits()).toMatchObject({ pending: 0, posted: 1000 - 13 })
    expect((await earshot(installation.dataDir, ['credits', 'audit'])).code).toBe(0)
  })
})

describe('what is taken of several', () => {
  const fetched = (from: number): string[] =>
    installation.double.requests.slice(from).filter((each) => /\.(mp4|m4a|ts)\b|videoplayback/.test(each))

  it('TikTok: the video’s own sound, neither the song, nor the copy with a watermark, nor mute HEVC', () => {
    const asked = fetched(0).filter((each) => each.includes('tiktok'))
    expect(new Set(asked)).toEqual(new Set(['GET https://v16-webapp-prime.tiktok.com/h264.mp4']))
  })

  it('YouTube: the original track, neither the dubbed nor the described one', async () => {
    const from = installation.double.requests.length
    const done = await client.finished({ url: 'https://youtu.be/dubsAAAAAA1', mode: 'speech' })
    expect(done.transcript?.text).toBe(DOUBLE_TEXT)
    expect(fetched(from)).toEqual([expect.stringContaining('&t=en-US.4')])
  })
})

describe('a video that is still being downloaded', () => {
  it('is transcribed already, as far as it has come', async () => {
    const url = 'https://www.youtube.com/watch?v=heldAAAAAA1'
    const made = await client.native.call<TranscriptionReply>('POST', '/transcriptions', {
      url,
      mode: 'speech',
    })
    const events = readEvents(await client.native.raw(`/transcriptions/${made.body.id}/events`))
    let early = ''
    for await (const { event, data } of events) {
      if (event !== 'segment') continue
      early = `${early} ${(data as { text: string }).text}`.trim()
      // The rest is sent only now: this text came of a file that was not whole.
      if (early.split(' ').length >= 2 * PROGRAMME.length) break
    }
    expect(early.startsWith(`${DOUBLE_TEXT} ${DOUBLE_TEXT}`)).toBe(true)
    installation.double.release()
    const done = await client.native.ended(made.body.id)
    expect(done.transcript?.text).toBe(Array(8).fill(DOUBLE_TEXT).join(' '))
    expect(done).toMatchObject({ durationSeconds: HELD_LENGTH, creditsDebited: 2 })
  })
})

describe('short links', () => {
  it.each([
    ['https://youtu.be/dQw4w9WgXcQ', 'youtube', 'dQw4w9WgXcQ'],
    ['https://vm.tiktok.com/ZMabc123/', 'tiktok', '7000000000000000001'],
    ['https://vt.tiktok.com/ZSabc123/', 'tiktok', '7000000000000000001'],
    ['https://www.tiktok.com/t/ZTabc123/', 'tiktok', '7000000000000000001'],
    ['https://www.instagram.com/share/reel/_abc123', 'instagram', 'DoubleAAA_1'],
    ['https://fb.watch/abC-1_x/', 'facebook', '1234567890'],
    ['https://www.facebook.com/share/v/1AbCdEf/', 'facebook', '1234567890'],
    ['https://t.co/AbCdEf1234', 'twitter', '1700000000000000001'],
    ['https://lnkd.in/eAbC_d-1', 'linkedin', '7151241570371948544'],
    ['https://pin.it/1AbCdEfGh', 'pinterest', '664281013778109217'],
    ['https://t.co/hops5', 'youtube', 'dQw4w9WgXcQ'],
  ])('%s is a video on %s', async (url, platform, id) => {
    const done = await client.finished({ url })
    expect(done).toMatchObject({ state: 'succeeded', source: { kind: 'link', platform, id } })
    expect(done.transcript?.text).toBe(DOUBLE_TEXT)
  })

  it.each(['https://t.co/hops6', 'https://t.co/loop1'])('%s has too many hops', async (url) => {
    const from = installation.double.requests.length
    expect(await client.transcribe(url)).toEqual({
      status: 400,
      body: { error: 'The short link leads through too many others.' },
    })
    expect(installation.double.requests.length - from).toBe(5)
  })
})

describe('what is no post, and what is no honest link', () => {
  it('is refused at both doors, reaches nothing and costs nothing', async () => {
    const from = installation.double.requests.length
    const before = await client.credits()
    for (const url of [...HOSTILE, ...REFUSED.map(([url]) => url)]) {
      const { status, body } = await client.transcribe(url)
      expect({ url, status }).toEqual({ url, status: 400 })
      expect(body.error).not.toContain('evil')
    }
    for (const [url, what] of REFUSED) {
      const { status, body } = await client.native.call<{ error: { message: string } }>(
        'POST',
        '/transcriptions',
        { url },
      )
      expect({ url, status }).toEqual({ url, status: 400 })
      expect(body.error.message).toContain(`${what} is not a single video. Accepted from `)
    }
    expect(installation.double.requests).toHaveLength(from)
    expect(await client.credits()).toEqual(before)
  })
})
