/** What the operator keeps for some days goes after them, once, whoever tidies up; and what crashed is found. */
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import type { OpenDatabase } from '../../src/adapters/database/open.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { binTranscriptions, restoreTranscriptions } from '../../src/domain/archive/bin.ts'
import { listDeletions } from '../../src/domain/archive/list-deletions.ts'
import { writeRetention } from '../../src/domain/archive/retention.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import { getMedia } from '../../src/domain/media/get.ts'
import { removeMedia } from '../../src/domain/media/remove.ts'
import { storeMedia } from '../../src/domain/media/store.ts'
import { noteStray, sweepStrays } from '../../src/domain/media/strays.ts'
import { expiryOf, sweepMedia } from '../../src/domain/media/sweep.ts'
import { sweepPosts } from '../../src/domain/posts/sweep.ts'
import type { MediaRow } from '../../src/domain/tables.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { deleteTranscription, deleteTranscriptions } from '../../src/domain/transcriptions/delete.ts'
import { getTranscription } from '../../src/domain/transcriptions/get.ts'
import { listTranscriptions } from '../../src/domain/transcriptions/list.ts'
import { cancel, succeed } from '../../src/domain/transcriptions/settle.ts'
import { sweepTranscriptions } from '../../src/domain/transcriptions/sweep.ts'
import { policyOf } from '../../src/main/compose.ts'
import { probeFile } from '../../src/pipeline/probe.ts'
import type { Prober } from '../../src/ports/prober.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const DAY_MS = 24 * 3_600_000
const noTexts = { hits: async () => ({ hits: [], hitCount: 0 }) }
const PRICE = { kind: 'flat', credits: 2 } as const

describeBothDatabases('retention', (database) => {
  let dir: string
  let now = 1_800_000_000_000
  let deps: Deps & { probe: Prober }
  /** As another machine has it. */
  let elsewhere: typeof deps
  let again: OpenDatabase | undefined
  let ctx: Ctx
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-retention-'))
    const { db, signals } = database()
    const policy = policyOf(
      loadConfig({ EARSHOT_RETENTION_DAYS: '7', EARSHOT_TRANSCRIPT_DAYS: '30', EARSHOT_BIN_DAYS: '5' }),
    )
    deps = {
      db,
      databaseAway,
      signals,
      policy,
      clock: { now: () => now },
      media: diskMediaStore(dir),
      probe: probeFile,
    }
    // SQLite is one process's; its second connection would only wait for the first.
    again = database().kind === 'postgres' ? await database().openAgain() : undefined
    elsewhere = { ...deps, db: again?.db ?? db }
    const { accountId } = await createAccount(deps, { name: 'a', credits: 100 })
    ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_retention' }
  })
  afterAll(async () => {
    await again?.close()
    await rm(dir, { recursive: true, force: true })
  })

  const stored = (): string[] => {
    const path = join(dir, 'media', ctx.accountId)
    return existsSync(path) ? readdirSync(path) : []
  }
  const store = async (seed: number): Promise<MediaRow> => {
    const file = Buffer.from(wav(toneAudio(toneProgramme(seed, 3), 3)))
    const body = Readable.from([file])
    return (await storeMedia(deps, ctx, { filename: 'a.wav', body })).media
  }
  /** Two machines at the same moment. */
  const sweep = (): Promise<unknown> =>
    Promise.all([deps, elsewhere].flatMap((each) => [sweepMedia(each), sweepStrays(each)]))
  const begin = async (media: MediaRow): Promise<string> => {
    const source = { kind: 'media', media } as const
    return (
      await accept(deps, ctx, { surface: 'native', wishes: {}, source, price: PRICE, expectedSeconds: 3 })
    ).id
  }

  it('removes a file after its days, with its bytes', async () => {
    const media = await store(1)
    expect(expiryOf(media, deps.policy, { mediaDays: null })).toBe(now + 7 * DAY_MS)
    expect(expiryOf(media, deps.policy, { mediaDays: 2 })).toBe(now + 2 * DAY_MS)
    expect(expiryOf(media, deps.policy, { mediaDays: 20 })).toBe(now + 7 * DAY_MS)
    now += 7 * DAY_MS - 1
    await sweep()
    expect(stored()).toEqual([media.id])
    now += 1
    await sweep()
    await expect(getMedia(deps, ctx.accountId, media.id)).rejects.toMatchObject({
      code: 'resource.not_found',
    })
    expect(stored()).toEqual([])
  })

  it('counts the days from when the same bytes came last', async () => {
    const media = await store(2)
    now += 5 * DAY_MS
    expect(await store(2)).toMatchObject({ id: media.id, kept_since: now })
    now += 5 * DAY_MS
    await sweep()
    expect(stored()).toEqual([media.id])
    now += 2 * DAY_MS
    await sweep()
    expect(stored()).toEqual([])
  })

  it('leaves a file to those who still wait for its text', async () => {
    const media = await store(3)
    const id = await begin(media)
    now += 8 * DAY_MS
    await sweep()
    expect(stored()).toEqual([media.id])
    await cancel(deps, ctx.accountId, id)
    await sweep()
    expect(stored()).toEqual([])
  })

  it('stores simultaneous twins once', async () => {
    const twins = await Promise.all([store(4), store(4), store(4)])
    expect(new Set(twins.map(({ id }) => id)).size).toBe(1)
    expect(stored()).toEqual([twins[0]!.id])
    now += 8 * DAY_MS
    await sweep()
  })

  /** One that has ended. */
  const finish = async (media: MediaRow, who = ctx): Promise<string> => {
    const source = { kind: 'media', media } as const
    const asked = { surface: 'native', wishes: {}, source, price: PRICE, expectedSeconds: 3 }
    const { id } = await accept(deps, who, asked)
    const claimed = await claim(deps, DAY_MS, { downloads: false })
    expect(claimed?.row.id).toBe(id)
    await succeed(deps, id, claimed!.lease.token, {
      transcript: { text: 'one two', segments: [], language: 'en' },
      modelUsed: 'tone',
      standIn: false,
      likelyLyrics: false,
      durationSeconds: 3,
    })
    return id
  }
  const both = (): Promise<unknown> => Promise.all([deps, elsewhere].map((each) => sweepTranscriptions(each)))
  const isThere = async (id: string): Promise<boolean> =>
    (await deps.db.selectFrom('transcriptions').select('id').where('id', '=', id).execute()).length === 1
  const receiptOf = async (id: string) =>
    (await listDeletions(deps, ctx, { limit: 100 })).items.find((each) => each.id === id)

  it('empties the bin when its time is over, with recordings that nothing else uses, and leaves receipts', async () => {
    const [alone, shared] = [await store(11), await store(12)]
    const binned = [await finish(alone), await finish(shared)]
    const kept = await finish(shared)
    const restored = await finish(alone)
    await binTranscriptions(deps, ctx, { ids: [...binned, restored], media: true })
    const lists = { ...deps, search: database().search, texts: noTexts }
    const { items } = await listTranscriptions(lists, ctx, { limit: 10, state: 'succeeded' })
    expect(items.map(({ row }) => row.id)).toEqual([kept])
    await restoreTranscriptions(deps, ctx, [restored])
    await binTranscriptions(deps, ctx, { ids: [restored], media: false })
    now += 5 * DAY_MS - 1
    await both()
    expect(await Promise.all(binned.map(isThere))).toEqual([true, true])
    now += 1
    await both()
    expect(await Promise.all([...binned, restored, kept].map(isThere))).toEqual([false, false, false, true])
    expect(stored()).toEqual([shared.id])
    for (const id of [...binned, restored])
      expect(await receiptOf(id)).toMatchObject({
        title: 'a.wav',
        source: 'upload',
        reason: 'bin',
        deleted_at: now,
        media_deleted: id === restored ? 0 : 1,
      })
    await deleteTranscription(deps, ctx, kept)
    expect(await receiptOf(kept)).toMatchObject({ reason: 'deleted' })
    await removeMedia(deps, ctx, shared.id)
  })

  it('applies the rules of an account to that account only', async () => {
    const media = await store(13)
    const done = await finish(media)
    const other = await createAccount(deps, { name: 'b', credits: 10 })
    await writeRetention(
      deps,
      { ...ctx, accountId: other.accountId },
      { transcriptDays: 1, mediaDays: 1, membersDelete: false },
    )
    now += 2 * DAY_MS
    await Promise.all([both(), sweep()])
    expect(await isThere(done)).toBe(true)
    await writeRetention(deps, ctx, { transcriptDays: 2, mediaDays: 2, membersDelete: false })
    await Promise.all([both(), sweep()])
    expect(await isThere(done)).toBe(false)
    expect(stored()).toEqual([])
    expect(await receiptOf(done)).toMatchObject({ reason: 'retention', deleted_by: null, by: null })
    await writeRetention(deps, ctx, { transcriptDays: null, mediaDays: null, membersDelete: false })
  })

  it('lets members delete what they started, and the rest if the account allows it', async () => {
    const media = await store(14)
    const member: Ctx = { ...ctx, userId: 'user_m', role: 'member' }
    const own = await finish(media, member)
    const theirs = await finish(media)
    const refused = { code: 'role.forbidden' }
    for (const attempt of [
      () => binTranscriptions(deps, member, { ids: [own, theirs], media: false }),
      () => deleteTranscriptions(deps, member, [own, theirs]),
      () => deleteTranscription(deps, member, theirs),
      () => removeMedia(deps, member, media.id),
    ])
      await expect(attempt()).rejects.toMatchObject(refused)
    expect(await Promise.all([own, theirs].map(isThere))).toEqual([true, true])
    expect(await binTranscriptions(deps, member, { ids: [own], media: false })).toEqual([
      { id: own, outcome: 'binned' },
    ])
    await writeRetention(deps, ctx, { transcriptDays: null, mediaDays: null, membersDelete: true })
    await deleteTranscriptions(deps, member, [own, theirs])
    expect(await Promise.all([own, theirs].map(isThere))).toEqual([false, false])
    await removeMedia(deps, member, media.id)
    expect(stored()).toEqual([])
  })

  describe('posts', () => {
    let count = 0
    const drafted = async (by: Ctx, transcriptionId: string | null = null): Promise<string> => {
      const id = `draft_${++count}`
      const made = { account_id: by.accountId, language: null, created_at: now, updated_at: now }
      const content = { transcription_id: transcriptionId, thread: '["one two"]', post_account_ids: '[]' }
      await deps.db
        .insertInto('post_drafts')
        .values({ id, ...made, ...content })
        .execute()
      return id
    }
    /** With an attempt. @param ended whether it has */
    const posted = async (by: Ctx, ended: boolean): Promise<string> => {
      const id = `post_${++count}`
      const [state, ended_at] = ended ? (['published', now] as const) : (['pending', null] as const)
      const times = { created_at: now, ended_at, state }
      const made = { key_id: null, transcription_id: null, language: null }
      await deps.db
        .insertInto('posts')
        .values({
          id,
          account_id: by.accountId,
          text: 'one two',
          extra: '{}',
          scheduled_at: now,
          ...made,
          ...times,
        })
        .execute()
      const delivery = { post_account_id: 'pacc_1', platform: 'webhook', handle: 'hook' } as const
      const content = { thread: '["one two"]', published: '[]', attempts: 1, next_at: null, last_error: null }
      await deps.db
        .insertInto('post_deliveries')
        .values({ id: `pdl_${count}`, post_id: id, place: 0, ...delivery, ...content, ...times })
        .execute()
      await deps.db
        .insertInto('post_attempts')
        .values({ delivery_id: `pdl_${count}`, idx: 0, begun_at: now, ended_at: now, error: null })
        .execute()
      return id
    }
    const there = async (): Promise<string[]> => {
      const tables = ['post_drafts', 'posts'] as const
      const rows = await Promise.all(tables.map((table) => deps.db.selectFrom(table).select('id').execute()))
      return rows.flat().map(({ id }) => id)
    }
    const sweepBoth = () => Promise.all([sweepPosts(deps), sweepPosts(elsewhere)])

    it('go after the days of transcripts with their attempts, and drafts that nobody changed', async () => {
      const { accountId } = await createAccount(deps, { name: 'strict', credits: 1 })
      const strict: Ctx = { ...ctx, accountId }
      await writeRetention(deps, strict, { transcriptDays: 2, mediaDays: null, membersDelete: false })
      const theirs = [await drafted(strict), await posted(strict, true)]
      const waiting = await posted(strict, false)
      const kept = [await drafted(ctx), await posted(ctx, true)]
      now += 2 * DAY_MS - 1
      await sweepBoth()
      expect((await there()).sort()).toEqual([...theirs, waiting, ...kept].sort())
      now += 1
      await sweepBoth()
      expect((await there()).sort()).toEqual([waiting, ...kept].sort())
      now += 28 * DAY_MS
      await sweepBoth()
      expect(await there()).toEqual([waiting])
      const left = await deps.db.selectFrom('post_attempts').select('delivery_id').execute()
      expect(left.map(({ delivery_id }) => delivery_id)).toEqual([`pdl_${waiting.split('_')[1]}`])
      await deps.db.deleteFrom('posts').execute()
    })

    it('a draft goes with the transcript that it was made from, when that is deleted for good', async () => {
      const id = await finish(await store(6))
      const [made, own] = [await drafted(ctx, id), await drafted(ctx)]
      await binTranscriptions(deps, ctx, { ids: [id], media: false })
      expect((await there()).sort()).toEqual([made, own].sort())
      await deleteTranscription(deps, ctx, id)
      expect(await there()).toEqual([own])
      await deps.db.deleteFrom('post_drafts').execute()
    })
  })

  it('removes a transcription after its days, never one under way, and the books stay right', async () => {
    const media = await store(5)
    const done = await begin(media)
    const claimed = await claim(deps, DAY_MS, { downloads: false })
    expect(claimed?.row.id).toBe(done)
    const waiting = await begin(media)
    await succeed(deps, done, claimed!.lease.token, {
      transcript: { text: 'one two', segments: [], language: 'en' },
      modelUsed: 'tone',
      standIn: false,
      likelyLyrics: false,
      durationSeconds: 3,
    })
    now += 30 * DAY_MS - 1
    await sweepTranscriptions(deps)
    expect((await getTranscription(deps, ctx.accountId, done)).state).toBe('succeeded')
    now += 1
    await Promise.all([sweepTranscriptions(deps), sweepTranscriptions(elsewhere)])
    await expect(getTranscription(deps, ctx.accountId, done)).rejects.toMatchObject({
      code: 'resource.not_found',
    })
    expect((await getTranscription(deps, ctx.accountId, waiting)).state).toBe('queued')
    const { pending, ...rest } = await balanceOf(deps.db, ctx.accountId)
    expect(pending).toBe(2)
    expect(rest.posted - rest.available).toBe(2)
    expect((await audit(deps.db)).faults).toEqual([])
  })

  it('finds what a crash left in the store', async () => {
    const key = `media/${ctx.accountId}/media_crashed`
    await noteStray(deps.db, key, now)
    await deps.media.put(key, Readable.from([Buffer.from('half')]))
    await sweepStrays(deps)
    expect(stored()).toContain('media_crashed')
    now += DAY_MS
    await sweepStrays(deps)
    expect(stored()).not.toContain('media_crashed')
  })
})
