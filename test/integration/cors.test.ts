/** Pages of other origins: none, those of a list, or any. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'

const APP = 'https://app.example'
const PATHS = [
  '/v1/audio/transcriptions',
  '/v1/models',
  '/v1/transcriptions',
  '/v1/uploads',
  '/v1/uploads/upl_x',
  '/api/public/transcribe',
]

describe.each([
  ['unset', undefined, null, null],
  ['any', '*', '*', '*'],
  ['a list', `https://other.example, ${APP}`, APP, null],
] as const)('EARSHOT_CORS %s', (_name, setting, ours, strangers) => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let server: TestServer
  let apiKey: string
  beforeAll(async () => {
    folder = await testFolder()
    server = await startServer(folder.dataDir, {
      EARSHOT_MODEL: folder.model,
      EARSHOT_SLOTS: '1',
      ...(setting && { EARSHOT_CORS: setting }),
    })
    apiKey = (await newAccount(folder.dataDir)).apiKey
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  const preflight = (path: string, origin: string): Promise<Response> =>
    fetch(server.origin + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-stainless-lang',
      },
    })

  it.each(PATHS)('a preflight of %s needs no key', async (path) => {
    for (const [origin, expected] of [
      [APP, ours],
      ['https://stranger.example', strangers],
    ] as const) {
      const { status, headers } = await preflight(path, origin)
      expect([origin, headers.get('access-control-allow-origin')]).toEqual([origin, expected])
      if (expected === null) expect(headers.get('access-control-allow-methods')).toBeNull()
      else {
        expect(status).toBe(204)
        expect(headers.get('access-control-allow-methods')).toContain('PATCH')
        expect(headers.get('access-control-allow-headers')).toContain('x-stainless-lang')
      }
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  it('what is answered may be read, also where it is an error', async () => {
    for (const key of [apiKey, 'sk_live_wrongwrong']) {
      const { headers } = await fetch(`${server.origin}/v1/models`, {
        headers: { origin: APP, authorization: `Bearer ${key}` },
      })
      expect(headers.get('access-control-allow-origin')).toBe(ours)
      if (ours !== null) expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id')
      if (setting !== undefined && setting !== '*') expect(headers.get('vary')).toContain('Origin')
    }
  })

  it('of an upload as well', async () => {
    const { headers } = await fetch(`${server.origin}/v1/uploads`, {
      method: 'POST',
      headers: {
        origin: APP,
        authorization: `Bearer ${apiKey}`,
        'upload-length': '10',
        'tus-resumable': '1.0.0',
      },
    })
    expect(headers.get('access-control-allow-origin')).toBe(ours)
    if (ours !== null) expect(headers.get('access-control-expose-headers')).toContain('Earshot-Media-Id')
    else expect(headers.get('access-control-expose-headers')).toBeNull()
  })

  it('never the dashboard’s', async () => {
    const { headers } = await preflight('/api/dashboard/session', APP)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})
