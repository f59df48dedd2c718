/** Links for readers without a login: what they show, what they hide, and how they end. */

import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type { CreateShareReply, ListSharesReply, SharedReply } from '../../src/contract/shares.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { sharedDatabase } from '../support/postgres.ts'
import { type Env, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const recording = new Uint8Array(wav(toneAudio(toneProgramme(4, 6), 6)))

describe.each(['sqlite', 'postgres'] as const)('shares (%s)', (kind) => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let server: TestServer
  let client: NativeClient
  let stranger: NativeClient
  let made: TranscriptionReply

  beforeAll(async () => {
    folder = await testFolder()
    const env: Env = kind === 'postgres' ? { DATABASE_URL: await sharedDatabase() } : {}
    server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1', ...env })
    const { apiKey } = await newAccount(folder.dataDir, 100, env)
    client = nativeClient(server.origin, apiKey)
    stranger = nativeClient(server.origin, (await newAccount(folder.dataDir, 100, env)).apiKey)
    const { body } = await upload(server.origin, apiKey, recording, 'secret plans.wav')
    const begun = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      mediaId: body.mediaId,
      title: '<b>Plans</b>',
    })
    made = await client.ended(begun.body.id)
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  const shares = (): string => `/transcriptions/${made.id}/shares`
  const share = async (body: object = {}): Promise<CreateShareReply> => {
    const { status, body: made } = await client.call<CreateShareReply>('POST', shares(), body)
    expect(status).toBe(201)
    return made
  }
  const listed = async (): Promise<ListSharesReply['items']> =>
    (await client.call<ListSharesReply>('GET', shares())).body.items
  const read = (token: string, more = '', init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.origin}/api/shared/${token}${more}`, init)

  it('show the text to whoever has the link, and nothing of whose it is', async () => {
    const { token, url } = await share()
    expect(url).toBe(`${server.origin}/shared/${token}`)
    const answer = await read(token)
    expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const text = await answer.text()
    const body = JSON.parse(text) as SharedReply
    expect(body).toMatchObject({
      title: '<b>Plans</b>',
      transcript: made.transcript,
      media: { hasVideo: false },
    })
    for (const hidden of [made.id, 'media_', 'acct_', 'secret plans']) expect(text).not.toContain(hidden)
  })

  it('show what is saved later', async () => {
    const { token } = await share()
    const segments = [{ start: 0, end: 1, text: 'corrected', speaker: 'Ann' }]
    await client.call('PATCH', `/transcriptions/${made.id}`, { segments, version: 0 })
    expect(((await (await read(token)).json()) as SharedReply).transcript.segments).toEqual(segments)
    expect(await (await read(token, '/captions')).text()).toContain('<v Ann>corrected')
    await client.call('PATCH', `/transcriptions/${made.id}`, { revert: true, version: 1 })
  })

  it('give the text as files, named after the title', async () => {
    const { token } = await share()
    const files = {
      txt: ['text/plain; charset=utf-8', made.transcript!.text],
      srt: ['application/x-subrip; charset=utf-8', '00:00:0'],
      vtt: ['text/vtt; charset=utf-8', 'WEBVTT'],
      json: ['application/json; charset=utf-8', '"segments"'],
      docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK'],
    }
    for (const [format, [type, text]] of Object.entries(files)) {
      const answer = await read(token, `.${format}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe(type)
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="?[^;]*Plans/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
      const body = await answer.text()
      expect(body).toContain(text)
      for (const hidden of [made.id, 'media_', 'acct_', 'secret plans']) expect(body).not.toContain(hidden)
    }
    expect((await read(token, '.exe')).status).toBe(404)
  })

  it('stream the recording, in ranges, as nothing but media', async () => {
    const { token } = await share()
    const whole = await read(token, '/media')
    expect(whole.headers.get('content-type')).toBe('audio/wav')
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.from(recording))).toBe(true)
    const part = await read(token, '/media', { headers: { range: 'bytes=10-19' } })
    expect(part.status).toBe(206)
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(recording.slice(10, 20))
  })

  it('are listed until they are revoked, and then open nothing', async () => {
    const { id, token } = await share()
    await (await read(token)).arrayBuffer()
    const entry = (await listed()).find((each) => each.id === id)
    expect(entry).toMatchObject({ expiresAt: null, lastOpenedAt: expect.any(String) })
    expect(JSON.stringify(await listed())).not.toContain(token)
    expect((await client.call('DELETE', `${shares()}/${id}`)).status).toBe(204)
    expect((await client.call('DELETE', `${shares()}/${id}`)).status).toBe(204)
    expect((await listed()).map((each) => each.id)).not.toContain(id)
    for (const path of ['', '.srt', '.docx', '/media', '/captions']) {
      const answer = await read(token, path)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ error: { details: { reasonCode: 'share.revoked' } } })
    }
  })

  it('end by themselves where they should', async () => {
    const past = await client.call('POST', shares(), { expiresAt: '2001-01-01T00:00:00Z' })
    expect(past.status).toBe(400)
    const soon = new Date(Date.now() + 1500)
    const { token, expiresAt } = await share({ expiresAt: soon.toISOString() })
    expect(expiresAt).toBe(soon.toISOString())
    expect((await read(token)).status).toBe(200)
    await expect.poll(async () => (await read(token)).status, { timeout: 10_000 }).toBe(404)
  })

  it('are made, seen and revoked by their account only', async () => {
    const { id, token } = await share()
    expect((await stranger.call('POST', shares(), {})).status).toBe(404)
    expect((await stranger.call('GET', shares())).status).toBe(404)
    expect((await stranger.call('DELETE', `${shares()}/${id}`)).status).toBe(404)
    expect((await read(token)).status).toBe(200)
    expect((await read(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  })

  it('go with the transcript', async () => {
    const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      mediaId: made.source.kind === 'media' ? made.source.mediaId : '',
    })
    const { id } = await client.ended(body.id)
    const { body: made2 } = await client.call<CreateShareReply>('POST', `/transcriptions/${id}/shares`)
    expect((await read(made2.token)).status).toBe(200)
    await client.call('DELETE', `/transcriptions/${id}`)
    expect((await read(made2.token)).status).toBe(404)
  })

  if (kind === 'sqlite')
    it('never send a stored file as a page, a script or a drawing', async () => {
      const { token } = await share()
      const rows = new DatabaseSync(join(folder.dataDir, 'earshot.db'))
      try {
        for (const type of [
          'text/html',
          'image/svg+xml',
          'application/xml',
          'audio/x"; foo',
          'text/javascript',
        ]) {
          rows.prepare('UPDATE media SET content_type = ?').run(type)
          for (const answer of [
            await read(token, '/media'),
            await client.raw(`/media/${made.source.kind === 'media' ? made.source.mediaId : ''}/content`),
          ]) {
            expect(answer.headers.get('content-type')).toBe('application/octet-stream')
            expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
            expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
            await answer.arrayBuffer()
          }
        }
      } finally {
        rows.close()
      }
    })
})

it('lets nobody guess links', async () => {
  const folder = await testFolder()
  const server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_RATE_LIMITS: 'default=3',
  })
  try {
    const guesses = Array.from({ length: 5 }, (_, k) => fetch(`${server.origin}/api/shared/guess${k}`))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(3)
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  } finally {
    await server.stop()
    await folder.remove()
  }
})
