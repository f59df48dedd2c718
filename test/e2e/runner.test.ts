/** Runners over real HTTP: one that hears parts and knows nothing else, one that is killed, and some that lie. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import {
  CLAIM_HEADER,
  type ClaimBody,
  type ClaimReply,
  PROTOCOL_HEADER,
  RUNNER_PROTOCOL,
} from '../../src/contract/runner.ts'
import type { RunnerView } from '../../src/domain/runners/tokens.ts'
import { decodeFlac } from '../../src/pipeline/sound/flac.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { readRows } from '../support/rows.ts'
import { type Env, earshot, newAccount, startServer, type TestServer } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { startTranscriptionDouble, type TranscriptionDouble } from '../support/transcription-double.ts'

const SECONDS = 180
const WORDS = toneProgramme(12, SECONDS)
const TRUTH = WORDS.map(({ word }) => word).join(' ')
const POLL = { timeout: 120_000, interval: 50 }

let dir: string
let dataDir: string
let engine: TranscriptionDouble
let env: Env
let server: TestServer
let client: NativeClient & { accountId: string; mediaId: string }
const runners: TestServer[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-runner-'))
  dataDir = join(dir, 'server')
  engine = await startTranscriptionDouble()
  env = { EARSHOT_ENGINE_URL: engine.url, EARSHOT_ENGINE_SPLITTER: 'fixed', EARSHOT_SLOTS: '1' }
  server = await startServer(dataDir, { ...env, EARSHOT_ENGINE_KEY: 'server' })
  const { apiKey, accountId } = await newAccount(dataDir)
  const sound = Buffer.from(wav(toneAudio(WORDS, SECONDS)))
  const { body } = await upload(server.origin, apiKey, sound)
  client = { ...nativeClient(server.origin, apiKey), accountId, mediaId: body.mediaId }
})
afterEach(async () => {
  engine.costMs = 0
  for (const runner of runners.splice(0)) await runner.kill()
})
afterAll(async () => {
  await server?.kill()
  await engine?.close()
  await rm(dir, { recursive: true, force: true })
})

const heardBy = (key: string): number =>
  engine.asked.filter(({ authorization }) => authorization === `Bearer ${key}`).length

async function newRunner(name: string, ...limits: string[]): Promise<{ runnerId: string; token: string }> {
  const made = await earshot(dataDir, ['runners', 'create', '--name', name, ...limits])
  expect(made.code, made.stderr).toBe(0)
  return JSON.parse(made.stdout) as { runnerId: string; token: string }
}

const listed = async (): Promise<RunnerView[]> =>
  JSON.parse((await earshot(dataDir, ['runners', 'list'])).stdout) as RunnerView[]

async function startRunner(name: string, token: string): Promise<TestServer> {
  const own = { EARSHOT_SERVER: server.origin, EARSHOT_RUNNER_TOKEN: token, EARSHOT_ENGINE_KEY: name }
  const runner = await startServer(join(dir, name), { ...env, ...own }, 'runner')
  runners.push(runner)
  await expect.poll(async () => (await listed()).find((each) => each.name === name)?.lives, POLL).toBe(true)
  return runner
}

async function begin(): Promise<string> {
  engine.asked.length = 0
  const once = { 'idempotency-key': `${Math.random()}` }
  const { status, body } = await client.call<TranscriptionReply>(
    'POST',
    '/transcriptions',
    { mediaId: client.mediaId },
    once,
  )
  expect(status).toBe(202)
  return body.id
}

async function endsWell(id: string): Promise<void> {
  const reply = await client.ended(id)
  expect(reply).toMatchObject({ state: 'succeeded', error: null, transcript: { text: TRUTH } })
  expect((await earshot(dataDir, ['credits', 'audit'])).code).toBe(0)
  expect(readRows(dataDir, 'select * from open_parts')).toEqual([])
  await expect
    .poll(() => readRows(dataDir, `select * from stray_files where storage_key like 'parts/%'`), POLL)
    .toEqual([])
}

it('hears what the server has no room for, and is named for it', { timeout: 300_000 }, async () => {
  await endsWell(await begin())
  const parts = heardBy('server')
  const { token } = await newRunner('den')
  await startRunner('den', token)
  engine.costMs = 300
  const id = await begin()
  await endsWell(id)
  expect(heardBy('server') + heardBy('den')).toBe(parts)
  expect(heardBy('den')).toBeGreaterThanOrEqual(parts / 4)
  expect((await earshot(dataDir, ['job', id])).stdout).toMatch(/heard elsewhere by=den parts=\d+/)
  expect(existsSync(join(dir, 'den', 'earshot.db'))).toBe(false)
  const [den] = await listed()
  expect(den).toMatchObject({ name: 'den', parts: heardBy('den'), fault: null })
  const seconds = engine.asked.flatMap(({ authorization, length }) =>
    authorization === 'Bearer den' ? length : [],
  )
  expect(den!.heardSeconds).toBeCloseTo(
    seconds.reduce((sum, each) => sum + each),
    1,
  )
  expect(JSON.stringify(await listed())).not.toContain(token)
})

it('killed in the middle, loses its parts to others', { timeout: 300_000 }, async () => {
  const { token } = await newRunner('cellar')
  const runner = await startRunner('cellar', token)
  engine.costMs = 300
  const id = await begin()
  await expect.poll(() => heardBy('cellar'), POLL).toBeGreaterThan(1)
  await runner.kill()
  await endsWell(id)
})

describe('one that lies', () => {
  type Headers = Record<string, string>
  const ask = (token: string, method: string, path: string, body?: unknown, headers: Headers = {}) =>
    fetch(`${server.origin}/api/runner${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        [PROTOCOL_HEADER]: String(RUNNER_PROTOCOL),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const question: ClaimBody = {
    version: '0',
    host: 'liar',
    models: ['whisper-1'],
    places: 1,
    room: 1,
    speed: null,
    waitSeconds: 20,
  }
  const claims = async (token: string, more: Partial<ClaimBody> = {}): Promise<ClaimReply['parts']> =>
    ((await (await ask(token, 'POST', '/claims', { ...question, ...more })).json()) as ClaimReply).parts
  const reasonOf = async (answer: Response): Promise<string> =>
    ((await answer.json()) as { error: { details: { reasonCode: string } } }).error.details.reasonCode

  const LIES: Record<string, unknown> = {
    'words past the end': { text: 'one', words: [{ word: 'one', start: 1, end: 900 }] },
    'words before the beginning': { text: 'one', words: [{ word: 'one', start: -1, end: 1 }] },
    'words backwards': {
      text: 'one two',
      words: [
        { word: 'one', start: 5, end: 6 },
        { word: 'two', start: 1, end: 2 },
      ],
    },
    'more text than anybody says': { text: 'lie '.repeat(20_000) },
    'segments of more text': { text: '', segments: [{ text: 'lie '.repeat(20_000), start: 0, end: 1 }] },
    'what is no result': { words: 'none' },
    'more than a result': { text: '', account: 'acct_1' },
  }

  it('is found out, and what it had is heard by others', { timeout: 300_000 }, async () => {
    const tokens = new Map<string, string>()
    for (const lie of Object.keys(LIES)) tokens.set(lie, (await newRunner(lie)).token)
    const others = (await newRunner('others')).token
    const release = engine.hold(0)
    // Who asks is counted on.
    for (const token of tokens.values()) await claims(token, { waitSeconds: 0 })
    const id = await begin()
    for (const [lie, token] of tokens) {
      const [part] = await claims(token)
      expect(part, lie).toBeDefined()
      const claim = { [CLAIM_HEADER]: part!.claim }
      if (lie === 'words past the end') {
        const sound = await ask(token, 'GET', `/parts/${part!.id}/sound`, undefined, claim)
        const pcm = await decodeFlac(new Uint8Array(await sound.arrayBuffer()))
        expect(pcm.length / 16_000).toBe(part!.seconds)
        // Another's part, and a claim that never was.
        for (const [who, header] of [
          [others, claim],
          [token, { [CLAIM_HEADER]: 'guessed' }],
        ] as const) {
          const path = `/parts/${part!.id}`
          expect((await ask(who, 'GET', `${path}/sound`, undefined, header)).status).toBe(409)
          expect(await reasonOf(await ask(who, 'PUT', `${path}/result`, { text: 'mine' }, header))).toBe(
            'part.lost',
          )
          expect((await ask(who, 'POST', `${path}/back`, { tried: true }, header)).status).toBe(409)
        }
      }
      const refused = await ask(token, 'PUT', `/parts/${part!.id}/result`, LIES[lie], claim)
      expect(refused.status, lie).toBe(422)
      expect(await reasonOf(refused)).toBe('part.result')
      // It is given nothing for a while.
      expect(await claims(token, { waitSeconds: 0 })).toEqual([])
    }
    expect((await listed()).filter(({ fault }) => fault !== null)).toHaveLength(tokens.size)
    release()
    await endsWell(id)
    expect((await earshot(dataDir, ['job', id])).stdout).not.toContain('heard elsewhere')
  })

  it('is asked for its token and its protocol', async () => {
    const { token, runnerId } = await newRunner('strict')
    expect((await ask('rt_none', 'POST', '/claims', question)).status).toBe(401)
    const old = await ask(token, 'POST', '/claims', question, { [PROTOCOL_HEADER]: '0' })
    expect(old.status).toBe(426)
    expect(await reasonOf(old)).toBe('runner.version')
    expect((await ask(token, 'POST', '/claims', { ...question, room: 100_000 })).status).toBe(400)
    const waiting = ask(token, 'POST', '/claims', question)
    expect((await earshot(dataDir, ['runners', 'revoke', runnerId])).code).toBe(0)
    expect((await waiting).status).toBe(401)
    const runner = await earshot(
      join(dir, 'strict'),
      ['runner', '--server', server.origin, '--token', token],
      env,
    )
    expect(runner).toMatchObject({ code: 1, stderr: expect.stringContaining('revoked') })
  })

  it('gets no parts but those of its models and accounts', { timeout: 300_000 }, async () => {
    const { accountId } = await newAccount(dataDir)
    const models = (await newRunner('other models', '--models', 'whisper-large')).token
    const account = (await newRunner('other accounts', '--accounts', accountId)).token
    const all = (await newRunner('everything', '--models', 'whisper-1', '--accounts', client.accountId)).token
    for (const token of [models, account, all]) await claims(token, { waitSeconds: 0 })
    const release = engine.hold(0)
    const id = await begin()
    const [part] = await claims(all)
    const claim = { [CLAIM_HEADER]: part!.claim }
    expect(await claims(models, { waitSeconds: 0 })).toEqual([])
    expect(await claims(account, { waitSeconds: 0 })).toEqual([])
    expect((await ask(all, 'POST', `/parts/${part!.id}/back`, { tried: false }, claim)).status).toBe(204)
    release()
    await endsWell(id)
  })
})
