/** Who begins a batch's items: each once, within the room that the queue has, whoever dies or cancels meanwhile. */
import { beforeEach, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { writeRetention } from '../../src/domain/archive/retention.ts'
import { createBatch } from '../../src/domain/batches/create.ts'
import { deleteBatch } from '../../src/domain/batches/delete.ts'
import { claimBatch, feed } from '../../src/domain/batches/feed.ts'
import type { NewItem } from '../../src/domain/batches/new-item.ts'
import { getBatch, listItems } from '../../src/domain/batches/read.ts'
import { sweepBatches } from '../../src/domain/batches/sweep.ts'
import type { BatchRow } from '../../src/domain/batches/tables.ts'
import { tallyOf } from '../../src/domain/batches/tally.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import { sweepMedia } from '../../src/domain/media/sweep.ts'
import type { Db } from '../../src/domain/tables.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { createTranscription } from '../../src/domain/transcriptions/create.ts'
import { deleteTranscription } from '../../src/domain/transcriptions/delete.ts'
import { fail, succeed } from '../../src/domain/transcriptions/settle.ts'
import { createEndpoint } from '../../src/domain/webhooks/endpoints.ts'
import { policyOf } from '../../src/main/compose.ts'
import type { Fetcher } from '../../src/ports/fetcher.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { testFolder } from '../support/test-folder.ts'

const folder = testFolder()

const go = new AbortController().signal
const fetcher = {} as Fetcher
const failed: unknown[] = []

const LINKS = (count: number): NewItem[] =>
  Array.from({ length: count }, (_, k) => ({ url: `https://example.com/${k}.mp3`, customId: `no ${k}` }))

describeBothDatabases('a batch', (database) => {
  let ctx: Ctx
  let now: number

  async function pass(ms: number): Promise<void> {
    now = Math.max(now, await database().time()) + ms
    await database().setTime(now)
  }

  /** As another process has them. */
  const depsOf = (db: Db, env: Record<string, string> = {}) => ({
    db,
    databaseAway,
    signals: database().signals,
    clock: { now: () => now },
    policy: policyOf(loadConfig({ EARSHOT_PRICE_SOKU: '2', ...env })),
    media: diskMediaStore(folder.path),
    fetcher,
    unexpected: (error: unknown) => void failed.push(error),
  })
  type TestDeps = ReturnType<typeof depsOf>
  let deps: TestDeps

  beforeEach(async () => {
    failed.length = 0
    now = await database().time()
    await pass(0)
    deps = depsOf(database().db)
    const { accountId } = await createAccount(deps, { name: 'a', credits: 200 })
    ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_batch' }
  })

  const create = (items: NewItem[], by: Deps = deps): Promise<BatchRow> =>
    createBatch(by, ctx, { surface: 'native', name: 'talks', wishes: { language: 'en' }, items })

  /** Looks after the batches that are due, one at a time, and lets time pass. */
  async function lookAfter(by: TestDeps = deps): Promise<void> {
    for (;;) {
      const found = await claimBatch(by)
      if (!found) break
      await feed(by, found, go)
    }
    await pass(5000)
  }

  /** Ends all that waits, as a worker would. @param how by the transcription's place in its batch */
  async function work(how: (index: number | null) => 'succeed' | 'fail' = () => 'succeed'): Promise<number> {
    for (let count = 0; ; count++) {
      const found = await claim(deps, 15_000, { downloads: true })
      if (!found) return count
      const { row, lease } = found
      if (how(row.batch_index) === 'fail')
        await fail(deps, row.id, lease.token, { code: 'media.no_audio', message: 'No sound.' })
      else
        await succeed(deps, row.id, lease.token, {
          transcript: { text: 'a', language: 'en', segments: [{ start: 0, end: 1, text: 'a' }] },
          durationSeconds: 60,
          modelUsed: 'tone',
          standIn: false,
          likelyLyrics: false,
        })
    }
  }

  const tally = async (id: string) => tallyOf(deps.db, await getBatch(deps, ctx, id))
  const waitingOf = async (accountId: string): Promise<number> => {
    const rows = await deps.db
      .selectFrom('queues')
      .select('waiting')
      .where('account_id', '=', accountId)
      .execute()
    return rows.reduce((sum, { waiting }) => sum + Number(waiting), 0)
  }
  const deliveries = () =>
    deps.db
      .selectFrom('webhook_deliveries as d')
      .innerJoin('webhook_endpoints as e', 'e.id', 'd.endpoint_id')
      .select(['d.event_type', 'd.payload'])
      .where('e.account_id', '=', ctx.accountId)
      .execute()
  const listen = () =>
    createEndpoint({ ...deps, webhooks: { vet: () => {}, post: async () => ({ status: 204 }) } }, ctx, {
      url: 'https://example.com/hook',
    })

  it('ends with one event for all, what failed and what succeeded counted, and only success paid', async () => {
    await listen()
    const { id } = await create(LINKS(5))
    await lookAfter()
    expect(await tally(id)).toMatchObject({ counts: { queued: 5 }, credits: 0, pct: 0 })
    expect(await balanceOf(deps.db, ctx.accountId)).toMatchObject({ pending: 10 })
    expect(await work((k) => (k === 3 ? 'fail' : 'succeed'))).toBe(5)
    await lookAfter()
    const counts = { queued: 0, running: 0, succeeded: 4, failed: 1, cancelled: 0 }
    expect(await getBatch(deps, ctx, id)).toMatchObject({ state: 'completed', tally: expect.any(String) })
    expect(await tally(id)).toEqual({ counts, credits: 8, pct: 100 })
    const events = await deliveries()
    expect(events.map((each) => each.event_type)).toEqual(['batch.completed'])
    expect(JSON.parse(events[0]!.payload)).toMatchObject({
      type: 'batch.completed',
      data: { id, state: 'completed', name: 'talks', total: 5, counts, creditsDebited: 8 },
    })
    const items = await listItems(deps, { id }, { after: -1, limit: 10 })
    expect(items.map((each) => [each.custom_id, each.state, each.error_code])).toEqual([
      ['no 0', 'succeeded', null],
      ['no 1', 'succeeded', null],
      ['no 2', 'succeeded', null],
      ['no 3', 'failed', 'media.no_audio'],
      ['no 4', 'succeeded', null],
    ])
    // What became of an item is known after its transcription is gone.
    await deleteTranscription(deps, ctx, items[0]!.transcription_id!)
    expect((await listItems(deps, { id }, { after: -1, limit: 1 }))[0]).toMatchObject({
      state: 'succeeded',
      live: null,
    })
    expect(await audit(deps.db)).toMatchObject({ faults: [] })
  })

  it('leaves room for others: never more than half of what may wait', async () => {
    const small = depsOf(deps.db, { EARSHOT_QUEUE: '30', EARSHOT_ACCOUNT_QUEUE: '16' })
    const { id } = await create(LINKS(40))
    for (let round = 0; round < 20; round++) {
      await lookAfter(small)
      expect(await waitingOf(ctx.accountId)).toBeLessThanOrEqual(8)
      // Somebody asks for a single one in between.
      const wanted = { surface: 'native', url: 'https://example.com/single.mp3', wishes: {} }
      await createTranscription(small, ctx, wanted, go)
      await work()
      if ((await tally(id)).pct === 100) break
    }
    await lookAfter(small)
    expect(await getBatch(deps, ctx, id)).toMatchObject({ state: 'completed' })
    expect(await tally(id)).toMatchObject({ counts: { succeeded: 40 } })
  })

  it('is begun once by however many processes, also where a claim has run out', async () => {
    // Two connections to SQLite in one process would wait for each other.
    const other = database().kind === 'postgres' ? await database().openAgain() : undefined
    try {
      const both = [deps, depsOf(other?.db ?? deps.db)]
      const { id } = await create(LINKS(60))
      // One claims, and seems dead to the others before it begins.
      const slow = (await claimBatch(deps))!
      await pass(60_000)
      await Promise.all([feed(deps, slow, go), ...both.map((each) => lookAfter(each))])
      for (let round = 0; round < 5; round++) await Promise.all(both.map((each) => lookAfter(each)))
      const rows = await deps.db
        .selectFrom('transcriptions')
        .select('batch_index')
        .where('batch_id', '=', id)
        .execute()
      expect(rows.map((row) => row.batch_index!).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 60 }, (_, k) => k),
      )
      await work()
      await lookAfter()
      expect(await tally(id)).toMatchObject({ counts: { succeeded: 60 }, credits: 120 })
    } finally {
      await other?.close()
    }
  })

  it('that is cancelled begins no more, ends what is under way, and returns its holds', async () => {
    await listen()
    const small = depsOf(deps.db, { EARSHOT_ACCOUNT_QUEUE: '8' })
    const { id } = await create(LINKS(20))
    await lookAfter(small)
    const running = (await claim(deps, 15_000, { downloads: true }))!
    const stale = (await claimBatch(deps))!
    expect(await deleteBatch(deps, ctx, id)).toBe('cancelled')
    await expect(getBatch(deps, ctx, id)).resolves.toMatchObject({ state: 'cancelling' })
    // Whoever read it before begins nothing any more.
    await feed(deps, stale, go)
    await pass(5000)
    await lookAfter()
    expect(await getBatch(deps, ctx, id)).toMatchObject({ state: 'cancelled' })
    expect(await tally(id)).toMatchObject({ counts: { cancelled: 20 }, credits: 0, pct: 100 })
    expect(await balanceOf(deps.db, ctx.accountId)).toMatchObject({ pending: 0, available: 200 })
    expect(await fail(deps, running.row.id, running.lease.token, { code: 'internal', message: '' })).toBe(
      false,
    )
    expect((await deliveries()).map((each) => each.event_type)).toEqual(['batch.cancelled'])
    expect(await deleteBatch(deps, ctx, id)).toBe('removed')
    await expect(getBatch(deps, ctx, id)).rejects.toMatchObject({ code: 'resource.not_found' })
    expect(await audit(deps.db)).toMatchObject({ faults: [] })
  })

  it('is refused as a whole where it cannot be paid, and by the item where that shows later', async () => {
    await expect(create(LINKS(101))).rejects.toMatchObject({
      code: 'credits.insufficient',
      details: { estimatedCost: 202, currentBalance: 200 },
    })
    const { id } = await create(LINKS(100))
    await deps.db
      .updateTable('credit_balances')
      .set({ posted: 5 })
      .where('account_id', '=', ctx.accountId)
      .execute()
    await lookAfter()
    expect(await tally(id)).toMatchObject({ counts: { queued: 2, failed: 98 } })
    const [item] = await listItems(deps, { id }, { after: 1, limit: 1 })
    expect(item).toMatchObject({ error_code: 'credits.insufficient' })
    await work()
    await lookAfter()
    expect(await tally(id)).toMatchObject({ counts: { succeeded: 2, failed: 98 }, credits: 4 })
    await deps.db
      .updateTable('credit_balances')
      .set({ posted: 196 })
      .where('account_id', '=', ctx.accountId)
      .execute()
  })

  it('has items that fail by themselves: no such file, no such post', async () => {
    const { id } = await create([
      { mediaId: 'media_none' },
      { url: 'https://www.youtube.com/playlist?list=PL1' },
      { url: 'https://example.com/a.mp3' },
    ])
    await lookAfter()
    const items = await listItems(deps, { id }, { after: -1, limit: 5 })
    expect(items.map((each) => each.error_code)).toEqual(['resource.not_found', 'link.unsupported', null])
    expect(failed).toEqual([])
    await work()
  })

  it('keeps the files that its items still wait for, and is swept with the transcripts', async () => {
    const keep = depsOf(deps.db, { EARSHOT_RETENTION_DAYS: '1', EARSHOT_TRANSCRIPT_DAYS: '1' })
    await deps.db
      .insertInto('media')
      .values({
        id: `media_${ctx.accountId}`,
        account_id: ctx.accountId,
        storage_key: `old/${ctx.accountId}`,
        filename: 'a.wav',
        content_type: 'audio/wav',
        bytes: 1,
        sha256: ctx.accountId,
        duration_ms: 61_000,
        has_video: 0,
        created_at: 1,
        kept_since: 1,
      })
      .execute()
    const { id } = await create([{ mediaId: `media_${ctx.accountId}` }])
    const files = () =>
      deps.db.selectFrom('media').select('id').where('account_id', '=', ctx.accountId).execute()
    await sweepMedia(keep)
    expect(await files()).toHaveLength(1)
    await deleteBatch(deps, ctx, id)
    await lookAfter()
    await sweepMedia(keep)
    expect(await files()).toHaveLength(0)
    await sweepBatches(keep)
    await expect(getBatch(deps, ctx, id)).resolves.toMatchObject({ state: 'cancelled' })
    await pass(3 * 24 * 3_600_000)
    await sweepBatches(keep)
    await expect(getBatch(deps, ctx, id)).rejects.toMatchObject({ code: 'resource.not_found' })
  })

  it('is swept by its own account’s rule, and stays where the account has none', async () => {
    const keep = depsOf(deps.db, { EARSHOT_TRANSCRIPT_DAYS: '0' })
    const { accountId } = await createAccount(deps, { name: 'b', credits: 200 })
    const strict: Ctx = { ...ctx, accountId }
    await writeRetention(deps, strict, { transcriptDays: 2, mediaDays: null, membersDelete: false })
    const made = async (by: Ctx): Promise<string> => {
      const wanted = { surface: 'native', name: 'talks', wishes: {}, items: LINKS(1) }
      const { id } = await createBatch(deps, by, wanted)
      await deleteBatch(deps, by, id)
      return id
    }
    const [theirs, kept] = [await made(strict), await made(ctx)]
    await lookAfter()
    const day = 24 * 3_600_000
    await pass(day)
    await sweepBatches(keep)
    await expect(getBatch(deps, strict, theirs)).resolves.toMatchObject({ state: 'cancelled' })
    await pass(day)
    await sweepBatches(keep)
    await expect(getBatch(deps, strict, theirs)).rejects.toMatchObject({ code: 'resource.not_found' })
    await expect(getBatch(deps, ctx, kept)).resolves.toMatchObject({ state: 'cancelled' })
  })
})
