/** What one account, or one person, must not do to another: room, uploads, operators, addresses, logins. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nativeClient } from '../support/native.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const MB = 1024 * 1024
const PASSWORD = 'correct horse battery'
const PROXY = { EARSHOT_TRUSTED_PROXIES: '127.0.0.1', EARSHOT_LOGIN_HEADER: 'X-Forwarded-Email' }

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer

const start = (env: Record<string, string> = {}): Promise<TestServer> =>
  startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1', ...env })

const call = async (
  method: string,
  path: string,
  { cookie, body, email }: { cookie?: string; body?: unknown; email?: string } = {},
) => {
  const answer = await fetch(`${server.origin}/api/dashboard${path}`, {
    method,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(cookie && { cookie }),
      ...(email && { 'x-forwarded-email': email }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  return {
    status: answer.status,
    cookie: cookies.join('; '),
    body: text === '' ? undefined : JSON.parse(text),
  }
}

const enter = async (token: string, email: string): Promise<string> => {
  const { status, cookie } = await call('POST', '/join', { body: { token, email, password: PASSWORD } })
  expect(status).toBe(200)
  return cookie
}

const firstLink = (): string => /join#(\S+)/.exec(server.output())![1]!

describe('an account', () => {
  let keys: string[]
  beforeAll(async () => {
    folder = await testFolder()
    server = await start({ EARSHOT_ACCOUNT_MB: '1', EARSHOT_LOG_LEVEL: 'debug', EARSHOT_REQUEST_LOG: 'on' })
    keys = [(await newAccount(folder.dataDir)).apiKey, (await newAccount(folder.dataDir)).apiKey]
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  it('takes no more than its room by asking often at the same time', async () => {
    const send = async (n: number): Promise<number> => {
      const form = new FormData()
      const seconds = 12
      form.append(
        'file',
        new Blob([new Uint8Array(wav(toneAudio(toneProgramme(n, seconds), seconds)))]),
        'a.wav',
      )
      const answer = await fetch(`${server.origin}/v1/media`, {
        method: 'POST',
        headers: { 'soku-api-key': keys[0]! },
        body: form,
      })
      return answer.status
    }
    const statuses = await Promise.all(Array.from({ length: 10 }, (_, n) => send(n)))
    expect(new Set(statuses)).toEqual(new Set([201, 507]))
    const client = nativeClient(server.origin, keys[0]!)
    const { items } = (await client.call<{ items: { bytes: number }[] }>('GET', '/media')).body
    expect(items.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(MB)
    const uploads = await Promise.all(
      Array.from({ length: 10 }, () =>
        nativeClient(server.origin, keys[1]!).raw('/uploads', {
          method: 'POST',
          headers: { 'tus-resumable': '1.0.0', 'upload-length': String(400_000) },
        }),
      ),
    )
    expect(uploads.filter(({ status }) => status === 201)).toHaveLength(2)
  })

  it('cannot break off another’s upload by knowing its id', async () => {
    const [owner, stranger] = keys.map((key) => nativeClient(server.origin, key)) as [
      ReturnType<typeof nativeClient>,
      ReturnType<typeof nativeClient>,
    ]
    const T = { 'tus-resumable': '1.0.0' }
    const total = 100_000
    const made = await owner.raw('/uploads', {
      method: 'POST',
      headers: { ...T, 'upload-length': String(total) },
    })
    if (made.status !== 201) throw new Error(await made.text())
    const path = made.headers.get('location')!.replace('/v1', '')
    const patch = { ...T, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    let meddled: Response | undefined
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        controller.enqueue(new Uint8Array(total / 2))
        if (meddled) return controller.close()
        meddled = await stranger.raw(path, { method: 'PATCH', headers: patch, body: 'x' })
      },
    })
    const answer = await owner.raw(path, {
      method: 'PATCH',
      headers: patch,
      body,
      duplex: 'half',
    } as RequestInit)
    expect(meddled?.status).toBe(404)
    expect((await owner.call<{ received: number }>('GET', path)).body.received).toBe(total)
    // Bytes of nothing are no media; that they all came is what counts.
    expect(answer.status).toBe(400)
  })

  it('finds nothing in the log that would open its door, nor what was said', async () => {
    const [owner] = keys as [string]
    const said = 'a sentence that nobody else may read'
    const native = nativeClient(server.origin, owner)
    const form = new FormData()
    form.append('file', new Blob([wav(toneAudio(toneProgramme(2, 3), 3))]), 'a.wav')
    const media = await native.raw('/media', {
      method: 'POST',
      body: form,
      headers: { 'soku-api-key': owner },
    })
    const { mediaId } = (await media.json()) as { mediaId: string }
    const { id } = (await native.call<{ id: string }>('POST', '/transcriptions', { mediaId })).body
    const { version } = await native.ended(id)
    const segments = [{ start: 0, end: 1, text: said }]
    expect((await native.call('PATCH', `/transcriptions/${id}`, { version, segments })).status).toBe(200)
    const share = (await native.call<{ token: string }>('POST', `/transcriptions/${id}/shares`, {})).body
      .token
    expect((await fetch(`${server.origin}/api/shared/${share}`)).status).toBe(200)
    await call('POST', '/login', { body: { email: 'ada@example.org', password: PASSWORD } })
    await fetch(`${server.origin}/v1/transcriptions?q=${encodeURIComponent(said)}`, {
      headers: { authorization: `Bearer ${owner}` },
    })
    const log = server.output()
    expect(log).toContain('/v1/transcriptions/:id')
    for (const secret of [owner, said, encodeURIComponent(said), share, PASSWORD])
      expect(log).not.toContain(secret)
  })

  it('keeps its database to itself', async () => {
    expect((await stat(join(folder.dataDir, 'earshot.db'))).mode & 0o077).toBe(0)
    expect((await stat(join(folder.dataDir, 'store'))).mode & 0o077).toBe(0)
  })
})

describe('operators', () => {
  beforeAll(async () => {
    folder = await testFolder()
    server = await start()
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  it('are removed by nobody else, and never the last one; the command line makes one again', async () => {
    const operator = await enter(firstLink(), 'op@example.com')
    const { token } = (await call('POST', '/invitations', { cookie: operator, body: { role: 'owner' } })).body
    const owner = await enter(token, 'co@example.com')
    const { people } = (await call('GET', '/people', { cookie: owner })).body as {
      people: { id: string; operator: boolean }[]
    }
    const { id } = people.find((person) => person.operator)!
    expect((await call('DELETE', `/people/${id}`, { cookie: owner })).status).toBe(403)
    expect((await call('PATCH', `/people/${id}`, { cookie: owner, body: { role: 'member' } })).status).toBe(
      403,
    )
    const last = await call('DELETE', `/people/${id}`, { cookie: operator })
    expect([last.status, last.body.error.details.reason]).toEqual([400, 'last_operator'])
    const made = JSON.parse((await earshot(folder.dataDir, ['operators', 'invite'])).stdout) as {
      token: string
    }
    const second = await enter(made.token, 'op2@example.com')
    expect((await call('GET', '/operator/overview', { cookie: second })).status).toBe(200)
    expect((await call('DELETE', `/people/${id}`, { cookie: second })).status).toBe(204)
  })

  it('an invitation does not tell who has a login in another account', async () => {
    const made = JSON.parse((await earshot(folder.dataDir, ['operators', 'invite'])).stdout) as {
      token: string
    }
    const operator = await enter(made.token, 'op3@example.com')
    const tenant = (await call('POST', '/operator/accounts', { cookie: operator, body: { name: 'tenant' } }))
      .body
    const invited = await call('POST', `/operator/accounts/${tenant.accountId}/invitations`, {
      cookie: operator,
      body: { role: 'owner' },
    })
    const stranger = await enter(invited.body.token, 'mallory@example.com')
    const ask = async (email: string) => {
      const { status, body } = await call('POST', '/invitations', {
        cookie: stranger,
        body: { role: 'member', email },
      })
      return { status, keys: Object.keys(body).sort() }
    }
    expect(await ask('co@example.com')).toEqual(await ask('nobody@example.com'))
  })

  it('guesses of one’s own password are few', async () => {
    const login = await call('POST', '/login', { body: { email: 'co@example.com', password: PASSWORD } })
    const guesses = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        call('PUT', '/password', {
          cookie: login.cookie,
          body: { current: `guess ${n}`, next: 'another horse battery' },
        }),
      ),
    )
    const counted = (status: number): number => guesses.filter((each) => each.status === status).length
    expect(counted(401) + counted(429)).toBe(60)
    expect(counted(429)).toBeGreaterThan(30)
  })
})

describe('behind a proxy with a login', () => {
  beforeAll(async () => {
    folder = await testFolder()
    server = await start(PROXY)
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  it('nobody takes an address that the proxy does not vouch for, nor is taken by an invitation', async () => {
    const operator = await enter(firstLink(), 'admin@corp.example')
    const tenant = (
      await call('POST', '/operator/accounts', { cookie: operator, body: { name: 'tenant', credits: 10 } })
    ).body
    const { token } = (
      await call('POST', `/operator/accounts/${tenant.accountId}/invitations`, {
        cookie: operator,
        body: { role: 'owner' },
      })
    ).body
    const mallory = await enter(token, 'mallory@corp.example')
    await call('POST', '/invitations', {
      cookie: operator,
      body: { role: 'owner', email: 'boss@corp.example' },
    })
    const own = (await call('POST', '/invitations', { cookie: mallory, body: { role: 'member' } })).body
    await enter(own.token, 'boss@corp.example')
    const boss = await call('GET', '/session', { email: 'boss@corp.example' })
    expect(boss.body).toMatchObject({ account: { name: 'owner' }, user: { role: 'owner' } })
    const claimed = { email: 'boss@corp.example', password: PASSWORD }
    expect((await call('POST', '/login', { body: claimed })).status).toBe(401)
    // An invitation of another tenant's waits for its link to be opened.
    const waiting = (
      await call('POST', '/invitations', {
        cookie: mallory,
        body: { role: 'member', email: 'cfo@corp.example' },
      })
    ).body
    expect((await call('GET', '/session', { email: 'cfo@corp.example' })).status).toBe(401)
    const opened = await call('POST', '/join', {
      email: 'cfo@corp.example',
      body: { token: waiting.token, password: '' },
    })
    expect(opened.body).toMatchObject({ user: { email: 'cfo@corp.example' }, account: { name: 'tenant' } })
    expect((await call('GET', '/session', { email: 'cfo@corp.example' })).status).toBe(200)
  })
})
