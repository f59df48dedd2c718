/** yt-dlp as Earshot keeps it itself: signed, verified, swapped in at once, and never a step back. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import * as openpgp from 'openpgp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGuard } from '../../src/adapters/egress/index.ts'
import { type ManagedYtDlp, managedYtDlp } from '../../src/adapters/fetcher/managed/index.ts'
import { RELEASE_KEY } from '../../src/adapters/fetcher/managed/release-key.ts'
import { githubReleases } from '../../src/adapters/fetcher/managed/releases.ts'
import { isUpdateDue, ytDlpSource } from '../../src/adapters/fetcher/source.ts'
import { sharedDatabase } from '../support/postgres.ts'
import {
  BUILD,
  programSaying,
  type Release,
  type ReleasesDouble,
  sha256,
  startReleasesDouble,
} from '../support/releases-double.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'

const DAY_MS = 86_400_000

let double: ReleasesDouble
let dir: string
let managed: ManagedYtDlp

beforeAll(async () => {
  double = await startReleasesDouble()
})
afterAll(() => double?.close())
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-managed-'))
  managed = managedIn(dir)
})
afterEach(() => rm(dir, { recursive: true, force: true }))

function managedIn(dir: string, port = double.port): ManagedYtDlp {
  const guard = createGuard({ dial: { host: '127.0.0.1', port }, caFile: double.caFile })
  return managedYtDlp({ dir, releases: githubReleases(guard, 'stable'), key: double.key, build: BUILD })
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const programs = async (): Promise<string[]> =>
  (await readdir(dir)).filter((name) => name !== 'state.json').sort()

it('has the key of yt-dlp’s makers pinned', async () => {
  const key = await openpgp.readKey({ armoredKey: RELEASE_KEY })
  expect(key.getFingerprint()).toBe('ac0cbbe6848d6a873464af4e57cf65933b5a7581')
  expect(key.isPrivate()).toBe(false)
})

describe('an update', () => {
  it('fetches, verifies and installs the newest release', async () => {
    await double.release('2026.10.26')
    expect(await managed.installed()).toBeNull()
    expect(await managed.update()).toEqual({ version: '2026.10.26', previous: null, changed: true })
    const found = await managed.installed()
    expect(found).toMatchObject({ version: '2026.10.26', source: 'managed' })
    const [program = ''] = found?.command ?? []
    expect((await promisify(execFile)(program)).stdout).toBe('2026.10.26\n')
  })

  it('keeps the one before, and none older', async () => {
    for (const version of ['2026.10.01', '2026.10.26', '2026.11.02']) {
      await double.release(version)
      expect(await managed.update()).toMatchObject({ version, changed: true })
    }
    expect(await programs()).toEqual(['yt-dlp-2026.10.26', 'yt-dlp-2026.11.02'])
    await rm(join(dir, 'yt-dlp-2026.11.02'))
    expect(await managed.installed()).toMatchObject({ version: '2026.10.26' })
  })

  it('says that there is nothing newer, without fetching anything more', async () => {
    await double.release('2026.11.02')
    await managed.update()
    const asked = double.requests.length
    expect(await managed.update()).toEqual({ version: '2026.11.02', previous: '2026.11.02', changed: false })
    expect(double.requests.slice(asked)).toEqual(['github.com/yt-dlp/yt-dlp/releases/latest'])
  })

  it('never goes back to an older release, however well signed', async () => {
    await double.release('2026.11.02')
    await managed.update()
    await double.release('2026.03.01')
    expect(await managed.update()).toMatchObject({ version: '2026.11.02', changed: false })
    expect(await managed.installed()).toMatchObject({ version: '2026.11.02' })
  })

  it('downloads once what two ask for at once', async () => {
    await double.release('2026.11.03')
    const asked = double.requests.length
    const [a, b] = await Promise.all([managed.update(), managed.update()])
    expect(a).toEqual(b)
    expect(
      double.requests.slice(asked).filter((each) => each.endsWith(`/store/2026.11.03/${BUILD}`)),
    ).toHaveLength(1)
  })

  const NEW = '2026.11.10'
  const spoilt: [string, (release: Release) => Partial<Release>, string][] = [
    [
      'a list that was changed after it was signed',
      ({ sums, program }) => ({
        program: `${program}# more\n`,
        sums: sums.replace(sha256(program), sha256(`${program}# more\n`)),
      }),
      'not signed with the key of its makers',
    ],
    ['a signature that is none', () => ({ signature: Buffer.from('signed') }), 'not signed with the key'],
    ['an empty signature', () => ({ signature: new Uint8Array() }), 'not signed with the key'],
    [
      'another program than the signed one',
      () => ({ program: programSaying(`${NEW} `) }),
      'not the one that was',
    ],
  ]
  it.each(spoilt)('does not take %s', async (_, change, message) => {
    await double.release('2026.10.26')
    await managed.update()
    await double.release(NEW, change)
    await expect(managed.update()).rejects.toThrow(message)
    expect(await managed.installed()).toMatchObject({ version: '2026.10.26' })
    expect(await programs()).toEqual(['yt-dlp-2026.10.26'])
  })

  it('does not take what somebody else has signed', async () => {
    await double.release('2026.10.26')
    const guard = createGuard({ dial: { host: '127.0.0.1', port: double.port }, caFile: double.caFile })
    const strict = managedYtDlp({ dir, releases: githubReleases(guard, 'stable'), build: BUILD })
    await expect(strict.update()).rejects.toThrow('not signed with the key of its makers')
    expect(await programs()).toEqual([])
  })

  it('does not take a release without a program for this machine', async () => {
    await double.release('2026.10.26')
    const guard = createGuard({ dial: { host: '127.0.0.1', port: double.port }, caFile: double.caFile })
    const releases = githubReleases(guard, 'stable')
    const other = managedYtDlp({ dir, releases, key: double.key, build: 'yt-dlp_other' })
    await expect(other.update()).rejects.toThrow('has no yt-dlp_other')
  })

  it('does not take a program that is not what the release is called', async () => {
    await double.release('2026.10.26')
    await managed.update()
    // Signed and whole, under the name of a later one.
    const old = await double.release('2026.10.01')
    await double.release(NEW, () => old)
    await expect(managed.update()).rejects.toThrow('does not run on this machine')
    expect(await managed.installed()).toMatchObject({ version: '2026.10.26' })
    expect(await programs()).toEqual(['yt-dlp-2026.10.26'])
  })

  it('takes nightly builds, of which there may be several a day', async () => {
    const guard = createGuard({ dial: { host: '127.0.0.1', port: double.port }, caFile: double.caFile })
    const releases = githubReleases(guard, 'nightly')
    const nightly = managedYtDlp({ dir, releases, key: double.key, build: BUILD })
    const asked = double.requests.length
    for (const version of ['2026.11.02', '2026.11.02.091500', '2026.11.02.232658', '2026.11.03.000100']) {
      await double.release(version)
      expect(await nightly.update()).toMatchObject({ version, changed: true })
    }
    const ours = double.requests.slice(asked).filter((each) => each.startsWith('github.com'))
    expect(ours.every((each) => each.startsWith('github.com/yt-dlp/yt-dlp-nightly-builds/releases/'))).toBe(
      true,
    )
  })

  it('says so where there is no network, and what there is stays', async () => {
    await double.release('2026.10.26')
    await managed.update()
    const cutOff = managedIn(dir, await closedPort())
    await expect(cutOff.update()).rejects.toThrow(
      'yt-dlp cannot be fetched from github.com: no connection could be made',
    )
    expect(await cutOff.installed()).toMatchObject({ version: '2026.10.26' })
  })
})

describe('which one is run', () => {
  const path = process.env.PATH
  afterEach(() => {
    process.env.PATH = path
  })
  /** A yt-dlp as a package manager would have installed it. */
  async function onPath(version: string): Promise<void> {
    const bin = join(dir, 'bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'yt-dlp'), programSaying(version))
    await chmod(join(bin, 'yt-dlp'), 0o755)
    process.env.PATH = bin + delimiter + path
  }
  const managedAt = async (version: string): Promise<ManagedYtDlp> => {
    const managed = managedIn(join(dir, 'managed'))
    await double.release(version)
    await managed.update()
    return managed
  }

  it('the operator’s, and no other beside it', async () => {
    const managed = await managedAt('2026.11.02')
    await onPath('2026.10.26')
    const own = join(dir, 'bin', 'yt-dlp')
    expect(await ytDlpSource({ command: own, managed, mayFetch: true }).obtain()).toEqual({
      command: [own],
      version: '2026.10.26',
      source: 'operator',
    })
    expect(await ytDlpSource({ command: '/nowhere', managed, mayFetch: true }).obtain()).toBeNull()
  })

  it.each([
    ['2026.10.26', 'managed'],
    ['2026.11.02', 'managed'],
    ['2026.11.03', 'PATH'],
    // Older than our arguments.
    ['2023.03.04', 'managed'],
  ])('with %s on the system and 2026.11.02 managed: %s', async (version, source) => {
    const managed = await managedAt('2026.11.02')
    await onPath(version)
    expect(await ytDlpSource({ managed, mayFetch: true }).current()).toMatchObject({ source })
  })

  it('fetches one when a link needs it and there is none', async () => {
    await double.release('2026.11.02')
    const source = ytDlpSource({ managed, mayFetch: true })
    expect(await source.current()).toBeNull()
    expect(await source.obtain()).toMatchObject({ version: '2026.11.02', source: 'managed' })
    const fetchesNothing = ytDlpSource({ managed: managedIn(join(dir, 'other')), mayFetch: false })
    expect(await fetchesNothing.obtain()).toBeNull()
  })

  it('does not ask a site that does not answer again for every link', async () => {
    await double.release('2026.11.02', () => ({ sums: 'nothing' }))
    const source = ytDlpSource({ managed, mayFetch: true })
    await expect(source.obtain()).rejects.toThrow('not signed')
    const asked = double.requests.length
    await expect(source.obtain()).rejects.toThrow('not signed')
    expect(double.requests).toHaveLength(asked)
  })

  it('looks for a newer one once a day, and not while the system’s is fresh', async () => {
    const now = Date.UTC(2026, 10, 21)
    const source = ytDlpSource({ managed, mayFetch: true })
    expect(await isUpdateDue(source, managed, now)).toBe(true)
    await double.release('2026.11.02')
    await managed.update()
    const checked = await managed.checkedAt()
    expect(await isUpdateDue(source, managed, checked + DAY_MS - 1)).toBe(false)
    expect(await isUpdateDue(source, managed, checked + DAY_MS)).toBe(true)

    await onPath('2026.11.10')
    const fresh = ytDlpSource({ managed, mayFetch: true })
    expect(await isUpdateDue(fresh, managed, Date.UTC(2026, 11, 1))).toBe(false)
  })
})

describe('the program', () => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let env: Record<string, string>
  beforeEach(async () => {
    folder = await testFolder()
    env = {
      EARSHOT_MODEL: folder.model,
      EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
      EARSHOT_EGRESS_CA: double.caFile,
    }
  })
  afterEach(() => folder.remove())

  it('says in doctor which one is there, and how old it is', async () => {
    await double.release('2026.01.15')
    await managedIn(join(folder.dataDir, 'tools', 'yt-dlp')).update()
    const { stdout } = await earshot(folder.dataDir, ['doctor'], env)
    expect(stdout).toMatch(/yt-dlp: 2026\.01\.15 \(managed, \d+ days old\)/)
  })

  it('updates with `earshot yt-dlp update`, and takes only what is signed', async () => {
    await double.release('2026.10.26')
    const { code, stderr } = await earshot(folder.dataDir, ['yt-dlp', 'update'], env)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'earshot: the release of yt-dlp is not signed with the key of its makers: it was not taken\n',
    })
    const own = await earshot(folder.dataDir, ['yt-dlp', 'update'], { ...env, EARSHOT_YTDLP: 'yt-dlp' })
    expect(own.stderr).toContain('EARSHOT_YTDLP names a yt-dlp of yours')
  })

  it('looks for it at its start, and says to whoever sends a link that there is none', async () => {
    await double.release('2026.10.26')
    const asked = double.requests.length
    const server = await startServer(folder.dataDir, { ...env, EARSHOT_YTDLP_UPDATES: 'daily' })
    try {
      await expect.poll(() => double.requests.length, { timeout: 20_000 }).toBeGreaterThan(asked)
      const { apiKey } = await newAccount(folder.dataDir, 1)
      const response = await fetch(`${server.origin}/api/public/transcribe`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url: 'https://youtu.be/jNQXAC9IVRw' }),
      })
      expect(response.status).toBe(500)
      expect(await response.json()).toEqual({
        error:
          'This server has no working downloader (yt-dlp). It could not be fetched. Its operator can see more with `earshot doctor`.',
      })
      const credits = await fetch(`${server.origin}/v1/credits`, { headers: { 'soku-api-key': apiKey } })
      expect(await credits.json()).toMatchObject({ available: 1 })
      expect(server.output()).toContain('not signed with the key of its makers')
    } finally {
      await server.stop()
    }
  })

  it('updates when the operator says so on the dashboard, on every machine', async () => {
    await double.release('2026.10.26')
    const shared = { ...env, DATABASE_URL: await sharedDatabase() }
    const api = await startServer(folder.dataDir, shared, 'api')
    const worker = await startServer(`${folder.dataDir}-worker`, shared, 'worker')
    const looks = (): number => double.requests.filter((each) => each.endsWith('/releases/latest')).length
    try {
      const session = await logIn(api)
      const before = looks()
      expect((await post(api, '/operator/downloader/update', '')).status).toBe(401)
      const reply = await post(api, '/operator/downloader/update', session)
      expect(reply.status).toBe(502)
      expect(await reply.json()).toMatchObject({
        error: { message: expect.stringContaining('not signed with the key') },
      })
      await expect.poll(looks, { timeout: 20_000 }).toBe(before + 2)
    } finally {
      await worker.stop()
      await api.stop()
    }
  })
})

const post = (server: TestServer, path: string, cookie: string, body: object = {}): Promise<Response> =>
  fetch(`${server.origin}/api/dashboard${path}`, {
    method: 'POST',
    headers: { origin: server.origin, cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** With the link that the first start prints. @returns the session's cookie */
async function logIn(server: TestServer): Promise<string> {
  const token = /\/join#(\S+)/.exec(server.output())?.[1]
  const login = { email: 'olga@example.com', name: 'Olga', password: 'nineteen-blue-herons' }
  const joined = await post(server, '/join', '', { token, ...login })
  return joined.headers.get('set-cookie')?.split(';')[0] ?? ''
}
