/** A connection breaks between the commit of a claim and its answer: nobody waits until that claim has run out. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { type OpenDatabase, openDatabase } from '../../src/adapters/database/open.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { createBatch } from '../../src/domain/batches/create.ts'
import { claimBatch } from '../../src/domain/batches/feed.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import type { Lease, Leased } from '../../src/domain/leases/lease.ts'
import { claimPart } from '../../src/domain/parts/claim.ts'
import { handOver } from '../../src/domain/parts/hand-over.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { policyOf } from '../../src/main/compose.ts'
import { type FaultyProxy, faultyProxy } from '../support/faulty-proxy.ts'
import { findBinaries, sharedDatabase } from '../support/postgres.ts'

const LEASE_MS = 15_000
const SOON = { timeout: 10_000, interval: 100 }

describe.skipIf(!findBinaries())('a claim whose answer is lost', () => {
  let dir: string
  let line: FaultyProxy
  /** Over a line that can be cut, with a single connection. */
  let unlucky: OpenDatabase
  let lucky: OpenDatabase
  let ctx: Ctx
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-unanswered-'))
    const url = new URL(await sharedDatabase())
    line = await faultyProxy({ path: `${url.searchParams.get('host')}/.s.PGSQL.5432` })
    const relayed = `postgres://postgres@127.0.0.1:${line.port}${url.pathname}`
    lucky = await openDatabase({ url: url.href, dataDir: dir })
    unlucky = await openDatabase({ url: relayed, dataDir: dir, connections: 1 })
    const { accountId } = await createAccount(depsOf(lucky), { name: 'a', credits: 100 })
    ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_unanswered' }
  })
  afterAll(async () => {
    await unlucky?.close()
    await lucky?.close()
    await line?.close()
    await rm(dir, { recursive: true, force: true })
  })

  const depsOf = ({ db, signals, clock }: OpenDatabase): Deps => ({
    db,
    databaseAway,
    signals,
    policy: policyOf(loadConfig({})),
    clock,
    media: diskMediaStore(dir),
  })

  const begin = () =>
    accept(depsOf(lucky), ctx, {
      surface: 'native',
      source: { kind: 'url', url: 'https://example.com/a.mp3' },
      wishes: {},
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: 0,
    })

  /** Its claim is committed, and it never hears of it. */
  async function lose(table: Leased, claimIt: (deps: Deps) => Promise<unknown>): Promise<void> {
    await sql`select 1`.execute(unlucky.db)
    line.deafen()
    const lost = expect(claimIt(depsOf(unlucky))).rejects.toThrow()
    await expect
      .poll(async () => {
        const { rows } = await sql`select 1 from ${sql.table(table)} where lease_token is not null`.execute(
          lucky.db,
        )
        return rows.length
      }, SOON)
      .toBe(1)
    line.mend()
    await lost
  }

  async function next<T extends { lease: Lease }>(
    claimIt: (deps: Deps) => Promise<T | undefined>,
  ): Promise<T> {
    let found: T | undefined
    await expect.poll(async () => (found = await claimIt(depsOf(lucky))), SOON).toBeDefined()
    return found!
  }

  it('is free again for others long before it runs out, and no attempt was made', async () => {
    const { id } = await begin()
    const claimIt = (deps: Deps) => claim(deps, LEASE_MS, { downloads: true })
    await lose('transcriptions', claimIt)
    const { row, lease } = await next(claimIt)
    expect(row).toMatchObject({ id, attempts: 1 })

    const part = { transcription_id: id, account_id: ctx.accountId, handed_by: 'one', digest: '1' }
    await handOver(
      depsOf(lucky),
      {
        ...part,
        model: 'tone',
        store: 'here',
        samples: 16_000,
        options: '{}',
        flac: Buffer.from('1'),
        token: lease.token,
      },
      new AbortController().signal,
    )
    const claimIts = (deps: Deps) =>
      claimPart(deps, LEASE_MS, { by: 'two', besides: 'two', models: ['tone'], store: 'here' })
    await lose('open_parts', claimIts)
    expect((await next(claimIts)).row).toMatchObject({ transcription_id: id, tries: 1 })
  })

  it('is so for a batch, too', async () => {
    const items = [{ url: 'https://example.com/1.mp3', customId: '1' }]
    const wishes = { language: 'en' }
    const { id } = await createBatch(depsOf(lucky), ctx, { surface: 'native', name: 'talks', wishes, items })
    await lose('batches', claimBatch)
    expect((await next(claimBatch)).row.id).toBe(id)
  })
})
