/** A transcript edited a few segments at a time, by several people, and who changed what: against both databases. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createAccount } from '../../src/domain/accounts/create.ts'
import type { Ctx, Deps, Policy } from '../../src/domain/context.ts'
import { newId } from '../../src/domain/ids.ts'
import type { Db } from '../../src/domain/tables.ts'
import { changeTranscript } from '../../src/domain/transcriptions/change.ts'
import { editTranscription } from '../../src/domain/transcriptions/edit.ts'
import { EDITING } from '../../src/domain/transcriptions/editing.ts'
import { listChanges } from '../../src/domain/transcriptions/list-changes.ts'
import type { EditDeps } from '../../src/domain/transcriptions/save-version.ts'
import { readStored } from '../../src/domain/transcriptions/transcript.ts'
import type { Change } from '../../src/domain/transcripts/changes.ts'
import { suggestVocabulary } from '../../src/domain/vocabulary/suggest.ts'
import { writeVocabulary } from '../../src/domain/vocabulary/write.ts'
import type { Segment, Transcript } from '../../src/ports/transcript.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { here } from '../support/here.ts'

const said = (text: string, start: number): Segment => ({ start, end: start + 1, text })
const FOUR = ['one', 'two', 'three', 'four'].map(said)

describeBothDatabases('changes of a transcript', (database) => {
  let db: Db
  let deps: EditDeps & Pick<Deps, 'policy'>
  let ctx: Ctx
  let now = 1_800_000_000_000
  beforeAll(async () => {
    db = database().db
    deps = { db, clock: { now: () => now++ }, texts: here(EDITING), policy: { maxAccountBytes: 0 } as Policy }
    const { accountId } = await createAccount(deps, { name: 'test', credits: 0 })
    ctx = { accountId, keyId: null, scopes: ['transcribe', 'library'], requestId: 'req_test' }
  })

  async function stored(segments: readonly Segment[] = FOUR): Promise<string> {
    const id = newId('tj')
    const transcript: Transcript = {
      text: segments.map(({ text }) => text).join(' '),
      segments: [...segments],
      language: 'en',
    }
    const times = { created_at: now, started_at: now, finished_at: now }
    await db
      .insertInto('transcriptions')
      .values({
        id,
        account_id: ctx.accountId,
        surface: 'native',
        state: 'succeeded',
        pct: 100,
        hold_id: newId('hold'),
        price: JSON.stringify({ kind: 'flat', credits: 0 }),
        tags: '[]',
        binned_media: 0,
        mode: 'speech',
        task: 'transcribe',
        diarize: 0,
        reused: 0,
        transcript: JSON.stringify(transcript),
        attempts: 1,
        needs_download: 0,
        due_at: now,
        ...times,
      })
      .execute()
    return id
  }

  const textsOf = async (id: string): Promise<string[]> => {
    const row = await db
      .selectFrom('transcriptions')
      .select(['id', 'transcript'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const { stored } = (await readStored(db, row))!
    return (JSON.parse(stored) as Transcript).segments.map(({ text }) => text)
  }
  const change = (at: number, remove: number, ...texts: string[]) => ({
    at,
    remove,
    insert: texts.map((text, k) => said(text, at + k / 10)),
  })
  const save = (id: string, version: number, changeId: string, ...changes: ReturnType<typeof change>[]) =>
    changeTranscript(deps, ctx, id, { version, changeId, changes: JSON.stringify(changes) })
  const log = async (id: string, since = 0) => {
    const { version, items } = await listChanges(deps, ctx, id, { since, limit: 100 })
    return {
      version,
      items: items.map((item) => ({ ...item, changes: JSON.parse(item.changes) as Change[] })),
    }
  }

  it('takes several at once, counted as they were before', async () => {
    const id = await stored()
    const changes = [change(0, 1, 'ONE'), change(1, 1), change(3, 0, 'new'), change(3, 1, 'FOUR', 'five')]
    expect(await save(id, 0, 'change-1', ...changes)).toBe(1)
    expect(await textsOf(id)).toEqual(['ONE', 'three', 'new', 'FOUR', 'five'])
    const { version, items } = await log(id)
    expect(version).toBe(1)
    expect(items).toMatchObject([{ version: 1, changeId: 'change-1', changes }])
  })

  it('that were made twice are suggested for the vocabulary, to their account alone', async () => {
    const timed = (text: string): Segment => {
      const words = text.split(' ').map((word, k) => ({ word, start: k, end: k + 1 }))
      return { start: 0, end: words.length, text, words }
    }
    const mend = async (): Promise<void> => {
      const id = await stored([timed('we met Myer there')])
      const insert = [timed('we met Meier there')]
      const changes = JSON.stringify([{ at: 0, remove: 1, insert }])
      await changeTranscript(deps, ctx, id, { version: 0, changeId: 'mended', changes })
    }
    await mend()
    expect(await suggestVocabulary(deps, ctx)).toEqual([])
    await mend()
    expect(await suggestVocabulary(deps, ctx)).toEqual([{ from: 'myer', to: 'Meier', count: 2 }])
    const { accountId } = await createAccount(deps, { name: 'other', credits: 0 })
    expect(await suggestVocabulary(deps, { ...ctx, accountId })).toEqual([])
    await writeVocabulary(deps, ctx, { keywords: [], replacements: [{ from: 'Myer', to: 'Meier' }] })
    expect(await suggestVocabulary(deps, ctx)).toEqual([])
  })

  it('is done once, however often it is sent', async () => {
    const id = await stored()
    expect(await save(id, 0, 'change-1', change(0, 1, 'ONE'))).toBe(1)
    expect(await save(id, 1, 'change-2', change(1, 1, 'TWO'))).toBe(2)
    expect(await save(id, 0, 'change-1', change(0, 1, 'ONE'))).toBe(1)
    expect(await textsOf(id)).toEqual(['ONE', 'TWO', 'three', 'four'])
  })

  it('refuses what was edited on another version, and says what became of it', async () => {
    const id = await stored()
    await save(id, 0, 'change-1', change(2, 1, 'theirs'))
    await expect(save(id, 0, 'change-2', change(0, 1, 'mine'))).rejects.toMatchObject({
      code: 'edit.conflict',
      details: { version: 1 },
    })
    expect((await log(id)).items).toMatchObject([{ changes: [change(2, 1, 'theirs')] }])
    expect(await save(id, 1, 'change-2', change(0, 1, 'mine'))).toBe(2)
    expect(await textsOf(id)).toEqual(['mine', 'two', 'theirs', 'four'])
  })

  it('lets one of many at a time through', async () => {
    const id = await stored()
    const all = await Promise.allSettled(
      [0, 1, 2, 3].map((at) => save(id, 0, `change-${at}`, change(at, 1, `by ${at}`))),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await textsOf(id)).filter((text) => text.startsWith('by'))).toHaveLength(1)
    expect((await log(id)).version).toBe(1)
  })

  describe('refuses, and changes nothing,', () => {
    it.each([
      ['what lies beyond the end', change(4, 1, 'x')],
      ['times that fall behind', { at: 3, remove: 1, insert: [said('x', 0.5)] }],
      ['an end before its start', { at: 3, remove: 1, insert: [{ start: 4, end: 3, text: 'x' }] }],
      ['more text than a transcript may have', change(3, 1, 'x'.repeat(2_000_001))],
    ])('%s', async (_name, wrong) => {
      const id = await stored()
      await expect(save(id, 0, 'change-1', wrong)).rejects.toMatchObject({ code: 'request.invalid' })
      expect(await textsOf(id)).toEqual(['one', 'two', 'three', 'four'])
      expect((await log(id)).version).toBe(0)
    })

    it('another account’s', async () => {
      const id = await stored()
      const { accountId } = await createAccount(deps, { name: 'other', credits: 0 })
      const stranger = { ...ctx, accountId }
      const wanted = { version: 0, changeId: 'change-1', changes: JSON.stringify([change(0, 1, 'x')]) }
      await expect(changeTranscript(deps, stranger, id, wanted)).rejects.toMatchObject({
        code: 'resource.not_found',
      })
      await expect(listChanges(deps, stranger, id, { since: 0, limit: 1 })).rejects.toMatchObject({
        code: 'resource.not_found',
      })
    })
  })

  it('tells what a whole saved transcript changed, and a return to the original', async () => {
    const id = await stored()
    const segments = FOUR.map((segment, k) => (k % 2 ? segment : { ...segment, text: `${segment.text}!` }))
    await editTranscription(deps, ctx, id, { segments: JSON.stringify(segments), version: 0 })
    await editTranscription(deps, ctx, id, { segments: JSON.stringify(segments.slice(1)), version: 1 })
    await editTranscription(deps, ctx, id, { revert: true })
    const { version, items } = await log(id)
    expect(version).toBe(3)
    expect(
      items.map(({ changes }) => changes.map(({ at, remove, insert }) => [at, remove, insert.length])),
    ).toEqual([
      [
        [0, 1, 1],
        [2, 1, 1],
      ],
      [[0, 1, 0]],
      [[0, 2, 3]],
    ])
    expect((await log(id, 2)).items).toHaveLength(1)
    expect(await textsOf(id)).toEqual(['one', 'two', 'three', 'four'])
  })

  it('counts earlier versions into what an account may store, and frees it with the transcript', async () => {
    const { accountId } = await createAccount(deps, { name: 'small', credits: 0 })
    const [small, before] = [{ ...ctx, accountId }, ctx]
    const little = { ...deps, policy: { ...deps.policy, maxAccountBytes: 2_500_000 } }
    ctx = small
    const ids = [await stored(), await stored()]
    ctx = before
    const edit = (id: string, version: number): Promise<unknown> => {
      const changes = JSON.stringify([change(0, 1, String(version).repeat(1_000_000))])
      return changeTranscript(little, small, id, { version, changeId: `change-${version}`, changes })
    }
    await edit(ids[0]!, 0)
    await edit(ids[1]!, 0)
    await expect(edit(ids[1]!, 1)).rejects.toMatchObject({ code: 'storage.full' })
    const segments = JSON.stringify([said('a'.repeat(1_000_000), 0)])
    await expect(editTranscription(little, small, ids[0]!, { segments })).rejects.toMatchObject({
      code: 'storage.full',
      details: { maxBytes: 2_500_000 },
    })
    expect((await textsOf(ids[1]!))[0]).toMatch(/^0{1000000}$/)
    await editTranscription(little, small, ids[0]!, { revert: true })
    await db.deleteFrom('transcriptions').where('id', '=', ids[0]!).execute()
    await edit(ids[1]!, 1)
  })

  it('tells of long ones a few at a time', async () => {
    const id = await stored()
    for (let version = 0; version < 4; version++)
      await save(id, version, `change-${version}`, change(0, 1, String(version).repeat(1_500_000)))
    expect((await log(id)).items.map(({ version }) => version)).toEqual([1, 2])
    expect((await log(id, 2)).items.map(({ version }) => version)).toEqual([3, 4])
    expect((await log(id, 2)).version).toBe(4)
  })

  it('names who it was', async () => {
    const id = await stored()
    const user = { id: newId('user'), name: 'Olga', email: `olga-${id}@example.com`, role: 'member' as const }
    await db
      .insertInto('users')
      .values({ ...user, account_id: ctx.accountId, operator: 0, email_proved: 0, created_at: now })
      .execute()
    const wanted = { version: 0, changeId: 'change-1', changes: JSON.stringify([change(0, 1, 'x')]) }
    await changeTranscript(deps, { ...ctx, userId: user.id }, id, wanted)
    await changeTranscript(deps, ctx, id, { ...wanted, version: 1, changeId: 'change-2' })
    expect((await log(id)).items.map(({ changedBy }) => changedBy)).toEqual(['Olga', null])
  })
})
