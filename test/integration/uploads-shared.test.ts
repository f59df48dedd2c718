/** Uploads whose pieces come to several processes, whose time runs out, or that find no room. */
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import type { OpenDatabase } from '../../src/adapters/database/open.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { appendToUpload } from '../../src/domain/uploads/append.ts'
import { createUpload } from '../../src/domain/uploads/create.ts'
import { finishUpload } from '../../src/domain/uploads/finish.ts'
import { getUpload } from '../../src/domain/uploads/get.ts'
import { sweepUploads } from '../../src/domain/uploads/sweep.ts'
import { policyOf } from '../../src/main/compose.ts'
import { probeFile } from '../../src/pipeline/probe.ts'
import type { Prober } from '../../src/ports/prober.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const HOUR_MS = 3_600_000

describeBothDatabases('uploads', (database) => {
  let dir: string
  let now = 1_800_000_000_000
  let deps: Deps & { probe: Prober }
  /** As another machine has it. */
  let elsewhere: typeof deps
  let again: OpenDatabase | undefined
  let ctx: Ctx
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-uploads-'))
    const { db, signals } = database()
    const policy = policyOf(loadConfig({}))
    const clock = { now: () => now }
    deps = { db, databaseAway, signals, policy, clock, media: diskMediaStore(dir), probe: probeFile }
    // SQLite is one process's; its second connection would only wait for the first.
    again = database().kind === 'postgres' ? await database().openAgain() : undefined
    elsewhere = { ...deps, db: again?.db ?? db }
    const { accountId } = await createAccount(deps, { name: 'a', credits: 1 })
    ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_upload' }
  })
  afterAll(async () => {
    await again?.close()
    await rm(dir, { recursive: true, force: true })
  })

  const stored = (kind: string): string[] => {
    const path = join(dir, kind, ctx.accountId)
    return existsSync(path) ? readdirSync(path) : []
  }
  const recording = (seed: number): Buffer => Buffer.from(wav(toneAudio(toneProgramme(seed, 3), 3)))
  const begin = (bytes: number) => createUpload(deps, ctx, { bytes, metadata: { filename: 'a.wav' } })
  const body = (bytes: Buffer): Readable => Readable.from([bytes])
  const never = new AbortController().signal

  it('take their pieces from any process, and are finished by one', async () => {
    const file = recording(1)
    const row = await begin(file.length)
    const half = await appendToUpload(deps, row, 0, body(file.subarray(0, 50_001)))
    expect(half).toBe(50_001)
    expect(await appendToUpload(elsewhere, row, half, body(file.subarray(half)))).toBe(file.length)
    const ends = await Promise.all(
      [deps, elsewhere, deps, elsewhere].map((each) => finishUpload(each, ctx, row.id, never)),
    )
    expect(new Set(ends.map(({ mediaId }) => mediaId)).size).toBe(1)
    expect(stored('media')).toEqual([ends[0]!.mediaId])
    expect(stored('uploads')).toEqual([])
  })

  it('take the same piece once, from whoever is first', async () => {
    const row = await begin(100)
    const outcomes = await Promise.allSettled(
      [deps, elsewhere].map((each) => appendToUpload(each, row, 0, body(Buffer.alloc(60)))),
    )
    const refused = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason as unknown] : []))
    expect(refused).toMatchObject([{ code: 'upload.offset' }])
    expect((await getUpload(deps, ctx, row.id)).received).toBe(60)
    expect(stored('uploads')).toHaveLength(1)
  })

  it('keep what came before the connection broke', async () => {
    const row = await begin(100)
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(30)
        throw new Error('the client is gone')
      })(),
    )
    await expect(appendToUpload(deps, row, 0, broken)).rejects.toThrow('the client is gone')
    expect((await getUpload(deps, ctx, row.id)).received).toBe(30)
  })

  it('are forgotten when their time has passed since the last byte', async () => {
    const row = await begin(100)
    now += 20 * HOUR_MS
    await appendToUpload(deps, row, 0, body(Buffer.alloc(10)))
    now += 20 * HOUR_MS
    await sweepUploads(deps)
    expect((await getUpload(deps, ctx, row.id)).received).toBe(10)
    now += 5 * HOUR_MS
    await expect(finishUpload(deps, ctx, row.id, never)).rejects.toMatchObject({ code: 'upload.gone' })
    await Promise.all([sweepUploads(deps), sweepUploads(elsewhere)])
    await expect(getUpload(deps, ctx, row.id)).rejects.toMatchObject({ code: 'resource.not_found' })
    expect(stored('uploads')).toEqual([])
  })

  it('say that the server is full, before a byte is sent and in the middle', async () => {
    const full = { ...deps.media, free: async () => 199 }
    const begun = createUpload({ ...deps, media: full }, ctx, { bytes: 100, metadata: {} })
    await expect(begun).rejects.toMatchObject({ code: 'storage.full' })
    const row = await begin(100)
    const noRoom = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const fills = { ...deps.media, put: () => Promise.reject(noRoom) }
    const sent = appendToUpload({ ...deps, media: fills }, row, 0, body(Buffer.alloc(10)))
    await expect(sent).rejects.toMatchObject({ code: 'storage.full' })
    expect(await appendToUpload(deps, row, 0, body(Buffer.alloc(10)))).toBe(10)
  })
})
