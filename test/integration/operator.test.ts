import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { openDatabase } from '../../src/adapters/database/open.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { grantCredits, listAccounts } from '../../src/domain/operator/accounts.ts'
import { overview } from '../../src/domain/operator/overview.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { cancel } from '../../src/domain/transcriptions/settle.ts'
import { beat, leave } from '../../src/domain/workers/beat.ts'
import { listWorkers, requireWorker } from '../../src/domain/workers/list.ts'
import { policyOf } from '../../src/main/compose.ts'
import type { EngineDescription } from '../../src/ports/engine.ts'

let dir: string
let database: Awaited<ReturnType<typeof openDatabase>>
let now = 1_800_000_000_000
const deps = () => ({ db: database.db, clock: { now: () => now } })

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-operator-'))
  database = await openDatabase({ dataDir: dir })
})
afterAll(async () => {
  await database?.close()
  await rm(dir, { recursive: true, force: true })
})

it('lists every account once, by name, page by page, and finds by a part of the name', async () => {
  for (let n = 0; n < 205; n++)
    await createAccount(deps(), { name: `Customer ${n % 50} 100%`, credits: n % 3 })
  const names: string[] = []
  const ids = new Set<string>()
  for (let after: string | undefined; ; ) {
    const page = await listAccounts(deps(), { after })
    for (const { name, id } of page.accounts) {
      names.push(name)
      ids.add(id)
    }
    if (page.next === null) break
    after = page.next
  }
  expect(ids.size).toBe(205)
  expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
  expect((await listAccounts(deps(), { q: 'MER 49' })).accounts).toHaveLength(4)
  expect((await listAccounts(deps(), { q: '_' })).accounts).toHaveLength(100)
})

it('grants credits once an occasion', async () => {
  const { accountId } = await createAccount(deps(), { name: 'granted', credits: 5 })
  const order = { accountId, amount: 10, reference: 'order-1' }
  expect(await grantCredits(deps(), order)).toEqual({ granted: true, posted: 15, pending: 0, available: 15 })
  expect(await grantCredits(deps(), order)).toMatchObject({ granted: false, posted: 15 })
  await expect(grantCredits(deps(), { accountId: 'acct_none', amount: 1 })).rejects.toMatchObject({
    code: 'resource.not_found',
  })
})

it('knows the workers that live, and whether one can work', async () => {
  const engine = { model: 'tone', family: 'zipformerCtc', standIn: false } as EngineDescription
  const worker = (id: string, fault: string | null = null) => ({
    id,
    host: id,
    role: 'all' as const,
    models: [engine],
    hearsUnnamed: true,
    diarizes: false,
    makesVideos: false,
    lacksScripts: [],
    slots: [{ state: 'idle' as const, pid: 1, since: now, restarts: 0 }],
    running: 0,
    spare: 1,
    store: null,
    fault,
  })
  await expect(requireWorker(deps())).rejects.toThrow('no worker runs')
  await beat(deps(), worker('a', 'the engine hangs'))
  await expect(requireWorker(deps())).rejects.toThrow('the engine hangs')
  await beat(deps(), worker('b'))
  expect(await requireWorker(deps())).toMatchObject({ id: 'b', engine: { model: 'tone' } })
  now += 20_000
  await beat(deps(), worker('a'))
  now += 15_000 // b was not heard of for three beats
  expect((await listWorkers(deps())).map((w) => w.id)).toEqual(['a'])
  await leave(deps(), 'a')
  expect(await listWorkers(deps())).toEqual([])
})

it('counts what waits now, and what ended in the last day', async () => {
  const { accountId } = await createAccount(deps(), { name: 'busy', credits: 10 })
  const all: Deps = {
    ...deps(),
    databaseAway,
    signals: database.signals,
    policy: policyOf(loadConfig({})),
    media: diskMediaStore(dir),
  }
  const ctx: Ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_overview' }
  const begin = () =>
    accept(all, ctx, {
      surface: 'native',
      source: { kind: 'url', url: 'https://example.com/a.mp3' },
      wishes: {},
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: 0,
    })
  const first = now
  const [one] = [await begin(), await begin()]
  await cancel(all, accountId, one.id)
  const counted = { queued: 1, running: 0, succeeded: 0, failed: 0 }
  expect(await overview(all)).toMatchObject({
    transcriptions: { ...counted, cancelled: 1 },
    waitingSince: first,
  })
  now += 25 * 3_600_000
  expect((await overview(all)).transcriptions).toEqual({ ...counted, cancelled: 0 })
})
