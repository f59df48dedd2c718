/** Parts that are handed over: who gets them, who loses them, and what is left of them. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Deps, SCOPES } from '../../src/domain/context.ts'
import { Lost } from '../../src/domain/leases/lease.ts'
import { answerPart, claimPart, giveBackPart, MOST_TRIES } from '../../src/domain/parts/claim.ts'
import { close, handedOver, handOver, inherit, lookAt, takeBack } from '../../src/domain/parts/hand-over.ts'
import { readOptions, writeOptions } from '../../src/domain/parts/options.ts'
import { sweepPartSounds } from '../../src/domain/parts/sweep.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { cancel } from '../../src/domain/transcriptions/settle.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

const LEASE_MS = 15_000
const HOUR_MS = 3_600_000
const NEVER = new AbortController().signal

describeBothDatabases('parts that are handed over', (database) => {
  let dir: string
  let deps: Deps
  let now: number
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-open-parts-'))
    const { db, signals } = database()
    const clock = { now: () => now }
    deps = { db, databaseAway, signals, policy: policyOf(loadConfig({})), clock, media: diskMediaStore(dir) }
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))
  beforeEach(async () => {
    await forward(24 * HOUR_MS)
    await deps.db.deleteFrom('open_parts').execute()
    await sweepPartSounds(deps)
  })

  async function forward(ms: number): Promise<void> {
    now = (await database().time()) + ms
    await database().setTime(now)
  }

  /** A recording under way, and how one of its parts is handed over. */
  async function recording() {
    const { accountId } = await createAccount(deps, { name: 'a', credits: 100 })
    const ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_parts' }
    const { id } = await accept(deps, ctx, {
      surface: 'native',
      source: { kind: 'url', url: 'https://example.com/a.mp3' },
      wishes: {},
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: 0,
    })
    const { token } = (await claim(deps, HOUR_MS, { downloads: true }))!.lease
    const hand = (digest: string, more: { model?: string; store?: string } = {}) =>
      handOver(
        deps,
        {
          ...{
            transcription_id: id,
            account_id: accountId,
            digest,
            handed_by: 'one',
            samples: 16_000,
            options: '{}',
          },
          ...{ model: 'tone', store: 'here', flac: Buffer.from(digest), token, ...more },
        },
        NEVER,
      )
    return { id, accountId, hand }
  }

  const wanted = { by: 'two', besides: 'two', models: ['tone'], store: 'here' }
  const next = (more: Partial<Parameters<typeof claimPart>[2]> = {}) =>
    claimPart(deps, LEASE_MS, { ...wanted, ...more })
  const sounds = async (): Promise<string[]> =>
    (await readdir(dir, { recursive: true })).filter((name) => name.endsWith('.flac'))

  it('go to others that have the model and the store, of each account in turn', async () => {
    const [many, few] = [await recording(), await recording()]
    const first = await many.hand('1')
    await forward(1)
    const second = await many.hand('2')
    await forward(1)
    const third = await few.hand('3')
    expect(await next({ besides: 'one' })).toBeUndefined()
    expect(await next({ models: ['other'] })).toBeUndefined()
    expect(await next({ store: 'there' })).toBeUndefined()
    expect(await next({ accounts: [] })).toBeUndefined()
    expect((await next({ accounts: [few.accountId] }))?.row.id).toBe(third)
    expect((await next())?.row.id).toBe(first)
    expect((await next())?.row.id).toBe(second)
    expect(await next()).toBeUndefined()
  })

  it('are answered by whoever holds them, and by nobody else', async () => {
    const { hand } = await recording()
    const id = await hand('1')
    const slow = (await next())!
    expect(await takeBack(deps, id)).toBe(false)
    await forward(LEASE_MS + 1)
    const quick = (await next({ by: 'three' }))!
    expect(quick.row.id).toBe(id)
    await expect(answerPart(deps, slow.lease, id, { result: { text: 'late' } })).rejects.toThrow(Lost)
    await answerPart(deps, quick.lease, id, { result: { text: 'heard' } })
    expect(await lookAt(deps, [id])).toMatchObject([{ by: 'three', outcome: { result: { text: 'heard' } } }])
    expect(await next()).toBeUndefined()
    expect(await takeBack(deps, id)).toBe(false)
    await close(deps, id)
    expect(await lookAt(deps, [id])).toEqual([])
    expect(await sounds()).toEqual([])
  })

  it('that end whoever has them are left to the one that decodes', async () => {
    const { hand } = await recording()
    const id = await hand('1')
    const stopped = (await next())!
    await giveBackPart(deps, stopped.lease, { tried: false })
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      expect((await next())?.row.id).toBe(id)
      await forward(LEASE_MS + 1)
    }
    expect(await next()).toBeUndefined()
    expect(await lookAt(deps, [id])).toMatchObject([{ free: true, tries: MOST_TRIES, outcome: undefined }])
    expect(await takeBack(deps, id)).toBe(true)
    expect(await sounds()).toEqual([])
  })

  it('are found by whoever inherits the recording', async () => {
    const { id, hand } = await recording()
    const part = await hand('1')
    expect(await handedOver(deps, id)).toEqual(new Map([['1', part]]))
    expect(await inherit(deps, part, 'two')).toBe(true)
    expect(await next()).toBeUndefined()
    expect(await inherit(deps, 'part_none', 'two')).toBe(false)
  })

  it('are void when their recording ends, and nothing is left of them', async () => {
    const { id, accountId, hand } = await recording()
    const part = await hand('1')
    const held = (await next())!
    expect(await cancel(deps, accountId, id)).toBe(true)
    await expect(answerPart(deps, held.lease, part, { result: { text: '' } })).rejects.toThrow(Lost)
    await expect(hand('2')).rejects.toThrow(Lost)
    expect(await sounds()).toHaveLength(1)
    await sweepPartSounds(deps)
    expect(await sounds()).toHaveLength(1)
    await forward(HOUR_MS)
    await sweepPartSounds(deps)
    expect(await sounds()).toEqual([])
    expect(await deps.db.selectFrom('stray_files').selectAll().execute()).toEqual([])
  })

  it('are heard as they were asked to be', () => {
    const options = {
      model: 'tone',
      language: 'de',
      keywords: ['Ohr'],
      speech: Float32Array.of(0, 0.1, 1 / 3, 1),
    }
    expect(readOptions(writeOptions(options))).toEqual(options)
    expect(readOptions(writeOptions({ prompt: 'a' }))).toEqual({ prompt: 'a' })
  })
})
