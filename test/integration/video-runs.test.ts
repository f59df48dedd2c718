/** Videos with subtitles as rows: who makes one, what is stored, what counts, and what goes with what: against both databases. */
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { videoOptions } from '../../src/contract/videos.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { addComment } from '../../src/domain/comments/add.ts'
import type { Ctx, Deps, Policy } from '../../src/domain/context.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { Lost } from '../../src/domain/leases/lease.ts'
import { removeMedia } from '../../src/domain/media/remove.ts'
import { sweepStrays } from '../../src/domain/media/strays.ts'
import { latestRun } from '../../src/domain/runs/read.ts'
import { claimRun, failRun, giveBackRun } from '../../src/domain/runs/work.ts'
import { deleteTranscription } from '../../src/domain/transcriptions/delete.ts'
import { askForVideo } from '../../src/domain/videos/ask.ts'
import { getVideoFile } from '../../src/domain/videos/get-file.ts'
import { removeVideo } from '../../src/domain/videos/remove.ts'
import { sweepVideos } from '../../src/domain/videos/sweep.ts'
import type { VideoRow } from '../../src/domain/videos/tables.ts'
import { saveVideo } from '../../src/domain/videos/work.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { storeRecorded } from '../support/filled-library.ts'
import { testFolder } from '../support/test-folder.ts'

const NOW = 1_800_000_000_000
const DAY = 86_400_000
const OPTIONS = videoOptions.parse({})
const SIZE = 1000

describeBothDatabases('a video with subtitles', (database) => {
  let deps: Pick<Deps, 'db' | 'signals' | 'clock' | 'media' | 'policy'>
  let ctx: Ctx
  let now = NOW
  const folder = testFolder()
  beforeAll(async () => {
    const { db, signals } = database()
    await database().setTime(NOW)
    const policy = { maxAccountBytes: 0 } as Policy
    deps = { db, signals, clock: { now: () => now }, media: diskMediaStore(folder.path), policy }
    const { accountId } = await createAccount(deps, { name: 'test', credits: 0 })
    ctx = { accountId, keyId: null, scopes: ['transcribe', 'media', 'library'], requestId: 'req_test' }
  })
  const recorded = (): Promise<string> => storeRecorded(deps.db, ctx.accountId, NOW)
  const latest = (id: string): Promise<VideoRow | undefined> => latestRun(deps, ctx, 'videos', id)
  const file = (): { body: Readable; version: number } => ({
    body: Readable.from([Buffer.alloc(SIZE)]),
    version: 3,
  })
  const never = new AbortController().signal

  async function claimed(): Promise<VideoRow> {
    const found = await claimRun(deps, 'videos')
    expect(found).toBeDefined()
    return found!.row
  }

  async function made(id: string): Promise<string> {
    await askForVideo(deps, ctx, id, OPTIONS)
    await saveVideo(deps, await claimed(), file(), never)
    return (await getVideoFile(deps, ctx, id)).storage_key
  }

  const isStored = (key: string): Promise<boolean> =>
    deps.media.open(key).then(
      (body) => {
        body.destroy()
        return true
      },
      () => false,
    )
  const strays = async (): Promise<string[]> =>
    (await deps.db.selectFrom('stray_files').select('storage_key').execute()).map((row) => row.storage_key)

  it('is stored, and its row says what it is', async () => {
    const id = await recorded()
    await askForVideo(deps, ctx, id, OPTIONS)
    await expect(getVideoFile(deps, ctx, id)).rejects.toMatchObject({ code: 'resource.not_found' })
    const row = await claimed()
    expect(await claimRun(deps, 'videos')).toBeUndefined()
    await saveVideo(deps, row, file(), never)
    expect(await latest(id)).toMatchObject({ state: 'succeeded', pct: 100, version: 3, bytes: SIZE })
    expect(await isStored((await getVideoFile(deps, ctx, id)).storage_key)).toBe(true)
    expect(await strays()).toEqual([])
  })

  it('is taken over when its worker is gone, whose file then counts for nothing', async () => {
    const id = await recorded()
    await askForVideo(deps, ctx, id, OPTIONS)
    const dead = await claimed()
    await database().setTime(NOW + 60_000)
    const heir = await claimed()
    expect(heir).toMatchObject({ id: dead.id, attempts: 2 })
    await saveVideo(deps, heir, file(), never)
    await expect(saveVideo(deps, dead, file(), never)).rejects.toThrow(Lost)
    await expect(failRun(deps, 'videos', dead, { code: 'internal', message: '' })).rejects.toThrow(Lost)
    expect(await isStored((await getVideoFile(deps, ctx, id)).storage_key)).toBe(true)
    expect(await strays()).toEqual([])
    await database().setTime(NOW)
  })

  it('gives place to another one, and so does one that is being made', async () => {
    const id = await recorded()
    const first = await made(id)
    await askForVideo(deps, ctx, id, { ...OPTIONS, size: 'large' })
    expect(await isStored(first)).toBe(false)
    expect(await latest(id)).toMatchObject({ state: 'queued', storage_key: null, version: null })
    const before = await claimed()
    await askForVideo(deps, ctx, id, OPTIONS)
    await expect(saveVideo(deps, before, file(), never)).rejects.toThrow(Lost)
    await removeVideo(deps, ctx, id)
    expect(await strays()).toEqual([])
  })

  it('goes with its transcription, with the recording, when it is removed, and when its time has passed', async () => {
    const transcription = await recorded()
    const recording = await recorded()
    const removed = await recorded()
    const old = await recorded()
    const keys = []
    for (const id of [transcription, recording, removed, old]) keys.push(await made(id))
    await deleteTranscription(deps, ctx, transcription)
    expect(await isStored(keys[0]!)).toBe(false)
    await removeMedia(deps, ctx, `media_${recording}`)
    expect(await latest(recording)).toBeUndefined()
    await sweepStrays(deps)
    expect(await isStored(keys[1]!)).toBe(false)
    await removeVideo(deps, ctx, removed)
    expect(await isStored(keys[2]!)).toBe(false)
    await expect(removeVideo(deps, ctx, removed)).rejects.toMatchObject({ code: 'resource.not_found' })
    now = NOW + 7 * DAY - 1
    await sweepVideos(deps)
    expect(await isStored(keys[3]!)).toBe(true)
    now = NOW + 7 * DAY
    await sweepVideos(deps)
    expect(await isStored(keys[3]!)).toBe(false)
    expect(await latest(old)).toBeUndefined()
    now = NOW
    expect(await strays()).toEqual([])
  })

  it('given back is due again at its time, and what kills its tools counts', async () => {
    const id = await recorded()
    await askForVideo(deps, ctx, id, OPTIONS)
    await giveBackRun(deps, 'videos', await claimed(), 5000)
    expect(await claimRun(deps, 'videos')).toBeUndefined()
    await database().setTime(NOW + 5000)
    const again = await claimed()
    expect(again.attempts).toBe(1)
    await giveBackRun(deps, 'videos', again, 0, again.attempts)
    expect((await claimed()).attempts).toBe(2)
    await removeVideo(deps, ctx, id)
    await database().setTime(NOW)
  })

  describe('is refused', () => {
    it('beyond the account’s room, before and after it is made', async () => {
      const id = await recorded()
      const key = await made(id)
      const { sum } = await deps.db
        .selectFrom('media')
        .select((eb) => eb.fn.sum<number | string>('bytes').as('sum'))
        .where('account_id', '=', ctx.accountId)
        .executeTakeFirstOrThrow()
      const others = await deps.db.selectFrom('videos').select('bytes').execute()
      const used = Number(sum) + others.reduce((all, { bytes }) => all + (bytes ?? 0), 0)
      const full = { ...deps, policy: { maxAccountBytes: used } as Policy }
      // The one that it replaces makes room.
      await askForVideo(full, ctx, id, OPTIONS)
      expect(await isStored(key)).toBe(false)
      const more = { ...full, policy: { maxAccountBytes: used - 1 } as Policy }
      await expect(saveVideo(more, await claimed(), file(), never)).rejects.toMatchObject({
        code: 'storage.full',
      })
      expect(await strays()).toEqual([])
      await removeVideo(deps, ctx, id)
      const none = { ...full, policy: { maxAccountBytes: used - SIZE } as Policy }
      await expect(askForVideo(none, ctx, id, OPTIONS)).rejects.toMatchObject({ code: 'storage.full' })
    })

    it('without the recording or its scopes, to others, and where many are under way', async () => {
      const id = await recorded()
      const other = await createAccount(deps, { name: 'other', credits: 0 })
      const stranger = { ...ctx, accountId: other.accountId }
      const asked = (by: Ctx, of = id) => askForVideo(deps, by, of, OPTIONS)
      await expect(asked(stranger)).rejects.toMatchObject({ code: 'resource.not_found' })
      await expect(asked({ ...ctx, scopes: ['transcribe'] })).rejects.toMatchObject({ code: 'key.scope' })
      for (let k = 0; k < 5; k++) await asked(ctx, await recorded())
      await expect(asked(ctx)).rejects.toMatchObject({ code: 'queue.share' })
      await deps.db.deleteFrom('videos').execute()
      await removeMedia(deps, ctx, `media_${id}`)
      await expect(asked(ctx)).rejects.toMatchObject({
        code: 'media.missing',
        message: expect.stringContaining('no longer stored here'),
      })
    })

    it('also where the recording or the transcription goes in the same moment', async () => {
      const ask = async (id: string): Promise<void> => {
        const refused = await askForVideo(deps, ctx, id, OPTIONS).catch((error: unknown) => error)
        if (refused instanceof Error) expect(refused).toBeInstanceOf(DomainError)
        await deps.db.deleteFrom('videos').execute()
      }
      for (let round = 0; round < 8; round++) {
        const [one, other] = [await recorded(), await recorded()]
        await Promise.all([ask(one), removeMedia(deps, ctx, `media_${one}`)])
        await Promise.all([
          ask(other),
          deps.db.deleteFrom('transcriptions').where('id', '=', other).execute(),
        ])
      }
    })

    it('but not by those who comment on it in the same moment, nor they by it', async () => {
      const id = await recorded()
      const passage = { transcriptionId: id, start: 0, end: 1, quote: 'one', text: 'Is that right?' }
      for (let round = 0; round < 8; round++)
        await Promise.all([
          askForVideo(deps, ctx, id, OPTIONS),
          addComment(deps, ctx, passage),
          askForVideo(deps, ctx, id, OPTIONS),
          addComment(deps, ctx, passage),
        ])
      await deps.db.deleteFrom('videos').execute()
    })
  })
})
