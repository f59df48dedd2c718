/** `POST /transcribe`, sentence by sentence of SoScripted's documentation; the names of the tests quote it. */
import { connect } from 'node:net'
import { text as read } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOUBLE_TEXT } from '../../support/platform-double/index.ts'
import { creditsOf, newAccount } from '../../support/server.ts'
import { type SocialInstallation, startSocial } from '../../support/social.ts'

const VIDEO = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
/** Its last quarter does not come. */
const HELD = 'https://www.youtube.com/watch?v=heldAAAAAA1'

let social: SocialInstallation
beforeAll(async () => {
  // Each request is to do its work anew.
  social = await startSocial({ EARSHOT_REUSE_HOURS: '0' })
})
afterAll(() => social?.close())

const account = (credits?: number) => newAccount(social.dataDir, credits)

const send = (
  apiKey: string | undefined,
  body: unknown,
  { origin = social.server.origin, ...headers }: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${origin}/api/public/transcribe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** The documented body of an error: one sentence, and nothing else. */
async function expectError(answer: Response, status: number, sentence: RegExp): Promise<void> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  const body: unknown = await answer.json()
  expect({ status: answer.status, body }).toEqual({
    status,
    body: { error: expect.stringMatching(sentence) },
  })
}

const balance = ({ accountId }: { accountId: string }) => creditsOf(social.dataDir, accountId)

interface Caption {
  text: string
  segments: Record<string, unknown>[]
}

function expectCaption({ text, segments }: Caption): void {
  expect(text).toBe(DOUBLE_TEXT)
  expect(segments.map((each) => each.text).join(' ')).toBe(DOUBLE_TEXT)
  let last = 0
  for (const segment of segments) {
    expect(Object.keys(segment)).toEqual(['start', 'end', 'text'])
    expect(segment.start).toBeGreaterThanOrEqual(last)
    last = segment.end as number
    expect(last).toBeGreaterThan(segment.start as number)
  }
}

/** Events as they came, each of them a name and one line of JSON. */
async function eventsOf(answer: Response): Promise<[event: string, data: Record<string, unknown>][]> {
  const blocks = (await answer.text()).split('\n\n')
  expect(blocks.pop()).toBe('')
  return blocks
    .filter((block) => !block.startsWith(':'))
    .map((block) => {
      const [, event = '', data = ''] = /^event: (\w+)\ndata: (\{.*\})$/.exec(block) ?? [block]
      return [event, JSON.parse(data) as Record<string, unknown>]
    })
}

describe('Success Response (200)', () => {
  it('the example request as it is printed, byte by byte', async () => {
    const { apiKey } = await account()
    const body = `{\n  "url": "${VIDEO}"\n}`
    const { hostname, port } = new URL(social.server.origin)
    const socket = connect(Number(port), hostname)
    const lines = [
      'POST /api/public/transcribe HTTP/1.1',
      'Host: soscripted.com',
      `Authorization: Bearer ${apiKey}`,
      'Content-Type: application/json',
      // Not printed, but no client can do without.
      `Content-Length: ${body.length}`,
      'Connection: close',
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
    const [head = '', said = ''] = (await read(socket)).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    const { ok, caption } = JSON.parse(said) as { ok: boolean; caption: Caption }
    expect(ok).toBe(true)
    expectCaption(caption)
  })

  it('By default, the API blocks until transcription completes and returns a JSON response. Each request costs 1 credit', async () => {
    const own = await account(2)
    for (const [left, accept] of ['text/html, */*; q=0.5', '*/*'].entries()) {
      const answer = await send(own.apiKey, { url: VIDEO }, { accept })
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
      const { ok, caption } = (await answer.json()) as { ok: boolean; caption: Caption }
      expect({ status: answer.status, ok }).toEqual({ status: 200, ok: true })
      expectCaption(caption)
      expect(await balance(own)).toEqual({ posted: 1 - left, pending: 0, available: 1 - left })
    }
  })
})

describe('Response (SSE Streaming)', () => {
  it('progress while it is downloaded and transcribed, then final, then done', async () => {
    const own = await account(1)
    const answer = await send(own.apiKey, { url: VIDEO }, { accept: 'text/event-stream' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events = await eventsOf(answer)
    expect(events.slice(-2).map(([event]) => event)).toEqual(['final', 'done'])
    const progress = events.slice(0, -2)
    for (const [event, data] of progress) {
      expect([event, Object.keys(data)]).toEqual(['progress', ['stage', 'pct']])
      expect(data.pct).toBeGreaterThanOrEqual(0)
      expect(data.pct).toBeLessThanOrEqual(100)
    }
    const stages = progress.map(([, { stage }]) => stage)
    expect([...new Set(stages)]).toEqual(['downloading', 'transcribing'])
    const [[, final], [, done]] = events.slice(-2) as [[string, Record<string, unknown>], [string, object]]
    expect(final.ok).toBe(true)
    expectCaption(final.caption as Caption)
    expect(done).toEqual({ ok: true })
    expect(await balance(own)).toMatchObject({ posted: 0 })
  })

  it('what is refused before it begins has its status and the body of an error', async () => {
    const { apiKey } = await account(0)
    const accept = 'text/event-stream'
    await expectError(await send(apiKey, { url: VIDEO }, { accept }), 402, /credit/)
    await expectError(await send(apiKey, { url: 'https://vimeo.com/1' }, { accept }), 400, /YouTube/)
    await expectError(await send('sk_wrong', { url: VIDEO }, { accept }), 401, /key/)
  })

  it('what fails on its way ends with error and done, and costs nothing', async () => {
    const own = await account(1)
    const url = 'https://www.youtube.com/watch?v=privAAAAAA1'
    const events = await eventsOf(await send(own.apiKey, { url }, { accept: 'text/event-stream' }))
    expect(events.slice(-2)).toEqual([
      ['error', { error: 'The post is private.' }],
      ['done', { ok: false }],
    ])
    expect(await balance(own)).toEqual({ posted: 1, pending: 0, available: 1 })
  })
})

describe('Status Codes', () => {
  it.each([
    ['no body at all', ''],
    ['no field url', {}],
    ['an empty one', { url: '' }],
    ['blanks', { url: '  ' }],
    ['null', { url: null }],
    ['a number', { url: 7 }],
    ['a list', [VIDEO]],
    ['half a body', '{"url":'],
  ])('400 | Bad request (missing URL): %s', async (_, body) => {
    const { apiKey } = await account(0)
    await expectError(await send(apiKey, body), 400, /URL|JSON/)
  })

  it.each([
    'https://vimeo.com/76979871',
    'https://example.com/a.mp4',
    'https://youtube.com.example.com/watch?v=dQw4w9WgXcQ',
    'https://www.youtube.com/',
    'ftp://www.youtube.com/watch?v=dQw4w9WgXcQ',
    'dQw4w9WgXcQ',
  ])('400 | Bad request (unsupported platform): %s', async (url) => {
    const { apiKey } = await account(0)
    await expectError(await send(apiKey, { url }), 400, /YouTube|https:/)
  })

  it('401 | Unauthorized (missing or invalid API key)', async () => {
    const { apiKey } = await account()
    await expectError(await send(undefined, { url: VIDEO }), 401, /Missing API key/)
    await expectError(await send('sk_your_api_key_here', { url: VIDEO }), 401, /Invalid API key/)
    await expectError(await send(undefined, { url: VIDEO }, { authorization: apiKey }), 401, /Bearer/)
    await expectError(await send(undefined, { url: VIDEO }, { authorization: 'Bearer ' }), 401, /Bearer/)
  })

  it('402 | Insufficient credits: nothing is fetched', async () => {
    const { apiKey } = await account(0)
    const before = social.double.requests.length
    await expectError(await send(apiKey, { url: VIDEO }), 402, /credit/)
    expect(social.double.requests.length).toBe(before)
  })

  it('500 | Transcription failed, and is not charged', async () => {
    const own = await account(1)
    const url = 'https://www.youtube.com/watch?v=m403AAAAAA1'
    await expectError(await send(own.apiKey, { url }), 500, /downloader/)
    expect(await balance(own)).toEqual({ posted: 1, pending: 0, available: 1 })
  })

  it('504 | Timeout (transcription took too long), and is not charged', async () => {
    const hasty = await startSocial({ EARSHOT_REQUEST_TIMEOUT: '1' })
    try {
      const own = await newAccount(hasty.dataDir, 1)
      const { origin } = hasty.server
      await expectError(await send(own.apiKey, { url: HELD }, { origin }), 504, /too long/)
      expect(await creditsOf(hasty.dataDir, own.accountId)).toEqual({
        posted: 1,
        pending: 0,
        available: 1,
      })
    } finally {
      await hasty.close()
    }
  })
})
