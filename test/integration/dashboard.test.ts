/** Getting in, and what is kept from whom: the dashboard's server side over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer, testFolder } from '../support/server.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let owner: Browser

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_TRUSTED_PROXIES: '127.0.0.0/8',
    EARSHOT_LOGIN_HEADER: 'X-Forwarded-Email',
  })
  owner = new Browser()
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const PASSWORD = 'nineteen-blue-herons'

/** Keeps its cookie, and says where its requests come from, as browsers do. */
class Browser {
  cookie = ''
  attributes = ''

  async call<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const response = await fetch(`${server.origin}/api/dashboard${path}`, {
      method,
      headers: {
        origin: server.origin,
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const set = response.headers.get('set-cookie')
    if (set) {
      this.attributes = set
      this.cookie = set.split(';')[0] ?? ''
    }
    const text = await response.text()
    return {
      status: response.status,
      body: (text ? JSON.parse(text) : undefined) as T,
      headers: response.headers,
    }
  }
}

const linkToken = (output: string): string => /\/join#(\S+)/.exec(output)?.[1] ?? ''
const code = ({ body }: { body: unknown }): string =>
  (body as { error: { details: { reasonCode: string } } }).error.details.reasonCode

describe('the first link', () => {
  it('makes the owner’s login, once', async () => {
    const token = linkToken(server.output())
    expect((await owner.call('POST', '/invitation', { token })).body).toEqual({
      email: null,
      role: 'owner',
      operator: true,
      account: 'owner',
    })
    const join = { token, email: 'Owner@Example.com', name: 'Olga', password: PASSWORD }
    const weak = await owner.call('POST', '/join', { ...join, password: 'short' })
    expect([weak.status, code(weak)]).toEqual([400, 'request.invalid'])
    const joined = await owner.call<{ user: object }>('POST', '/join', join)
    expect(joined.body.user).toMatchObject({ email: 'owner@example.com', role: 'owner', operator: true })
    expect(owner.attributes).toMatch(/HttpOnly; SameSite=Strict/)
    expect(owner.attributes).not.toMatch(/Secure/)
    const again = await new Browser().call('POST', '/join', join)
    expect([again.status, code(again)]).toEqual([404, 'invitation.invalid'])
  })
})

describe('a session', () => {
  it('is asked for by everything but the entrance', async () => {
    const stranger = new Browser()
    for (const path of [
      '/session',
      '/people',
      '/sessions',
      '/api-keys',
      '/transcriptions',
      '/operator/overview',
    ]) {
      const { status, body } = await stranger.call('GET', path)
      expect([path, status, code({ body })]).toEqual([path, 401, 'session.missing'])
    }
    stranger.cookie = 'earshot_session=made-up'
    expect((await stranger.call('GET', '/session')).status).toBe(401)
  })

  it('opens the account’s keys, credits and transcriptions, and is stored nowhere on the way', async () => {
    for (const path of ['/session', '/people', '/sessions', '/api-keys', '/credits', '/usage', '/webhooks'])
      expect([path, (await owner.call('GET', path)).status]).toEqual([path, 200])
    expect((await owner.call('GET', '/transcriptions')).headers.get('cache-control')).toBe('no-store')
    expect((await owner.call('GET', '/nothing-here')).status).toBe(404)
  })

  it('is refused where a request comes from another site, whatever it carries', async () => {
    const others: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of others) {
      const refused = await owner.call('POST', '/api-keys', { name: 'stolen' }, headers)
      expect([refused.status, code(refused)]).toEqual([403, 'session.origin'])
    }
    const { body } = await owner.call<{ items: { name: string }[] }>('GET', '/api-keys')
    expect(body.items.map(({ name }) => name)).not.toContain('stolen')
  })

  it('ends on this browser, or everywhere', async () => {
    const [one, two] = [new Browser(), new Browser()]
    const login = { email: 'owner@example.com', password: PASSWORD }
    for (const browser of [one, two]) expect((await browser.call('POST', '/login', login)).status).toBe(200)
    const kept = one.cookie
    expect((await one.call('POST', '/logout', {})).status).toBe(204)
    one.cookie = kept
    expect((await one.call('GET', '/session')).status).toBe(401)
    expect((await two.call('GET', '/session')).status).toBe(200)
    expect((await two.call('POST', '/logout', { everywhere: true })).status).toBe(204)
    expect((await owner.call('GET', '/session')).status).toBe(401)
    expect((await owner.call('POST', '/login', login)).status).toBe(200)
  })

  it('is not to be guessed: failures make one wait', async () => {
    const guesser = new Browser()
    let last = await guesser.call('POST', '/login', { email: 'nobody@example.com', password: 'x' })
    for (let n = 0; n < 10 && last.status === 401; n++)
      last = await guesser.call('POST', '/login', { email: 'nobody@example.com', password: 'x' })
    expect([last.status, code(last)]).toEqual([429, 'login.throttled'])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('a member', () => {
  it('reads and transcribes; people, keys, money and the operator’s area are not theirs', async () => {
    const invited = await owner.call<{ token: string }>('POST', '/invitations', {
      email: 'mia@example.com',
      role: 'member',
    })
    expect(invited.status).toBe(201)
    const mia = new Browser()
    await mia.call('POST', '/join', { token: invited.body.token, name: 'Mia', password: PASSWORD })
    expect((await mia.call('GET', '/transcriptions')).status).toBe(200)
    const refused: [string, string, unknown?][] = [
      ['GET', '/api-keys'],
      ['GET', '/webhooks'],
      ['POST', '/invitations', { role: 'owner' }],
      ['GET', '/operator/overview'],
      ['POST', '/operator/accounts', { name: 'mine' }],
    ]
    for (const [method, path, body] of refused)
      expect([path, (await mia.call(method, path, body)).status]).toEqual([path, 403])
  })
})

describe('a proxy’s login', () => {
  const as = (email: string) => ({ 'x-forwarded-email': email })

  it('lets in who has a login or an invitation here, and nobody else', async () => {
    const known = new Browser()
    const { body } = await known.call<{ byProxy: boolean; user: { email: string } }>(
      'GET',
      '/session',
      undefined,
      as('Owner@example.com'),
    )
    expect(body).toMatchObject({ byProxy: true, user: { email: 'owner@example.com' } })
    const unknown = await new Browser().call('GET', '/session', undefined, as('stranger@example.com'))
    expect([unknown.status, code(unknown)]).toEqual([401, 'login.failed'])
    await owner.call('POST', '/invitations', { email: 'pia@example.com', role: 'member' })
    const pia = await new Browser().call<{ user: object }>(
      'GET',
      '/session',
      undefined,
      as('pia@example.com'),
    )
    expect(pia.body.user).toMatchObject({ email: 'pia@example.com', role: 'member' })
  })

  it('changes who is there when the proxy says so', async () => {
    const shared = new Browser()
    await shared.call('GET', '/session', undefined, as('owner@example.com'))
    const { body } = await shared.call<{ user: object }>('GET', '/session', undefined, as('mia@example.com'))
    expect(body.user).toMatchObject({ email: 'mia@example.com' })
  })
})

describe('the page', () => {
  it('comes with a strict policy at every address that is the page’s, and at no other', async () => {
    const html = { accept: 'text/html,*/*' }
    for (const path of ['/', '/library', '/transcripts/tr_1', '/join']) {
      const response = await fetch(server.origin + path, { headers: html })
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ])
      const policy = response.headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none';script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)/)
    }
    for (const path of ['/v1/nothing', '/api/public/nothing', '/nothing.js', '/package.json']) {
      const response = await fetch(server.origin + path, { headers: html })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.headers.get('content-type')).toMatch(/json/)
    }
    expect((await fetch(`${server.origin}/library`)).status).toBe(404)
  })

  it('is compressed, and its files are kept by browsers', async () => {
    const page = await (await fetch(server.origin, { headers: { accept: 'text/html' } })).text()
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const response = await fetch(server.origin + script, { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('cache-control')).toMatch(/immutable/)
  })
})
