/** Runs that tell speakers apart anew: who claims one, what is saved, and what is not: against both databases. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createAccount } from '../../src/domain/accounts/create.ts'
import type { Ctx, Deps, Policy } from '../../src/domain/context.ts'
import { Lost } from '../../src/domain/leases/lease.ts'
import { latestRun } from '../../src/domain/runs/read.ts'
import { claimRun, failRun, giveBackRun, notePct } from '../../src/domain/runs/work.ts'
import { askForSpeakers } from '../../src/domain/speaker-runs/ask.ts'
import type { SpeakerRunRow } from '../../src/domain/speaker-runs/tables.ts'
import { saveSpeakers } from '../../src/domain/speaker-runs/work.ts'
import { editTranscription } from '../../src/domain/transcriptions/edit.ts'
import { EDITING } from '../../src/domain/transcriptions/editing.ts'
import { listChanges } from '../../src/domain/transcriptions/list-changes.ts'
import { readStored } from '../../src/domain/transcriptions/transcript.ts'
import type { Transcript } from '../../src/ports/transcript.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { storeRecorded } from '../support/filled-library.ts'
import { here } from '../support/here.ts'

const NOW = 1_800_000_000_000
const SEGMENTS = [
  { start: 0, end: 2, text: 'Good morning.', speaker: 'Ann' },
  { start: 2, end: 4, text: 'Good evening.', speaker: 'Speaker 2' },
]
const ONE = [{ start: 0, end: 4, speaker: 0 }]

describeBothDatabases('a run for speakers', (database) => {
  let deps: Parameters<typeof askForSpeakers>[0] & { texts: ReturnType<typeof here<typeof EDITING>> } & Pick<
      Deps,
      'policy'
    >
  let ctx: Ctx
  beforeAll(async () => {
    const { db, signals } = database()
    await database().setTime(NOW)
    const policy = { maxAccountBytes: 0 } as Policy
    deps = { db, signals, clock: { now: () => NOW }, texts: here(EDITING), policy }
    const { accountId } = await createAccount(deps, { name: 'test', credits: 0 })
    ctx = { accountId, keyId: null, scopes: ['transcribe', 'library'], requestId: 'req_test' }
  })

  /** A transcription with a text, and its recording. */
  async function stored(recording = true): Promise<string> {
    const id = await storeRecorded(deps.db, ctx.accountId, NOW)
    if (!recording) await deps.db.deleteFrom('media').where('id', '=', `media_${id}`).execute()
    const transcript: Transcript = { text: 'Good morning. Good evening.', segments: SEGMENTS, language: 'en' }
    await deps.db
      .updateTable('transcriptions')
      .set({ transcript: JSON.stringify(transcript) })
      .where('id', '=', id)
      .execute()
    return id
  }

  async function claimed(): Promise<SpeakerRunRow> {
    const found = await claimRun(deps, 'speaker_runs')
    expect(found).toBeDefined()
    return found!.row
  }

  async function linesOf(id: string): Promise<string[]> {
    const row = await deps.db
      .selectFrom('transcriptions')
      .select(['id', 'transcript'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const { stored } = (await readStored(deps.db, row))!
    return (JSON.parse(stored) as Transcript).segments.map(({ speaker, text }) => `${speaker}: ${text}`)
  }

  it('names everybody in the transcript as it is by then, as a version of its own', async () => {
    const id = await stored()
    await askForSpeakers(deps, ctx, id, 1)
    const row = await claimed()
    expect(row).toMatchObject({ transcription_id: id, speakers: 1, state: 'running' })
    await notePct(deps, 'speaker_runs', row, 40)
    await notePct(deps, 'speaker_runs', row, 20)
    expect(await latestRun(deps, ctx, 'speaker_runs', id)).toMatchObject({ state: 'running', pct: 40 })
    const [first, second] = SEGMENTS
    const segments = JSON.stringify([first, { ...second, text: 'Good night.' }])
    await editTranscription(deps, ctx, id, { segments, version: 0 })
    await saveSpeakers(deps, row, ONE)
    expect(await linesOf(id)).toEqual(['Ann: Good morning.', 'Ann: Good night.'])
    expect(await latestRun(deps, ctx, 'speaker_runs', id)).toMatchObject({
      state: 'succeeded',
      found: 1,
      version: 2,
    })
    const { items } = await listChanges(deps, ctx, id, { since: 1, limit: 9 })
    expect(items).toMatchObject([{ version: 2, changeId: row.id }])
    expect(await claimRun(deps, 'speaker_runs')).toBeUndefined()
  })

  it('saves nothing where nothing changes', async () => {
    const id = await stored()
    await askForSpeakers(deps, ctx, id, null)
    await saveSpeakers(deps, await claimed(), [
      { start: 0, end: 2, speaker: 0 },
      { start: 2, end: 4, speaker: 1 },
    ])
    expect(await latestRun(deps, ctx, 'speaker_runs', id)).toMatchObject({
      ...{ state: 'succeeded', found: 2, version: null },
    })
    expect((await listChanges(deps, ctx, id, { since: 0, limit: 9 })).version).toBe(0)
  })

  it('is taken over when its worker is gone, whose work then counts for nothing', async () => {
    const id = await stored()
    await askForSpeakers(deps, ctx, id, 1)
    const dead = await claimed()
    expect(await claimRun(deps, 'speaker_runs')).toBeUndefined()
    await database().setTime(NOW + 60_000)
    const heir = await claimed()
    expect(heir).toMatchObject({ id: dead.id, attempts: 2 })
    await expect(notePct(deps, 'speaker_runs', dead, 90)).rejects.toThrow(Lost)
    await expect(saveSpeakers(deps, dead, ONE)).rejects.toThrow(Lost)
    expect(await linesOf(id)).toEqual(['Ann: Good morning.', 'Speaker 2: Good evening.'])
    await saveSpeakers(deps, heir, ONE)
    expect(await linesOf(id)).toEqual(['Ann: Good morning.', 'Ann: Good evening.'])
    await database().setTime(NOW)
  })

  it('starts over where another number is asked for meanwhile', async () => {
    const id = await stored()
    await askForSpeakers(deps, ctx, id, 1)
    const before = await claimed()
    await askForSpeakers(deps, ctx, id, 2)
    await expect(saveSpeakers(deps, before, ONE)).rejects.toThrow(Lost)
    await expect(failRun(deps, 'speaker_runs', before, { code: 'internal', message: '' })).rejects.toThrow(
      Lost,
    )
    expect(await claimed()).toMatchObject({ transcription_id: id, speakers: 2, attempts: 1 })
  })

  it('given back is due again at its time, and a stop is no death', async () => {
    const id = await stored()
    await askForSpeakers(deps, ctx, id, 1)
    await giveBackRun(deps, 'speaker_runs', await claimed(), 5000)
    expect(await claimRun(deps, 'speaker_runs')).toBeUndefined()
    await database().setTime(NOW + 5000)
    const again = await claimed()
    expect(again.attempts).toBe(1)
    await failRun(deps, 'speaker_runs', again, { code: 'engine.crashed', message: 'It died.' })
    expect(await latestRun(deps, ctx, 'speaker_runs', id)).toMatchObject({
      ...{ state: 'failed', error_code: 'engine.crashed', error_message: 'It died.' },
    })
    await database().setTime(NOW)
  })

  describe('is refused', () => {
    it('without the recording, and says where that is', async () => {
      const gone = await stored(false)
      await expect(askForSpeakers(deps, ctx, gone, 2)).rejects.toMatchObject({
        code: 'media.missing',
        message: expect.stringContaining('no longer stored here'),
      })
      const link = { link_platform: 'youtube', link_id: 'x', link_url: 'https://youtu.be/x' }
      await deps.db.updateTable('transcriptions').set(link).where('id', '=', gone).execute()
      await expect(askForSpeakers(deps, ctx, gone, 2)).rejects.toMatchObject({
        code: 'media.missing',
        message: expect.stringContaining('is on YouTube'),
      })
    })

    it('without a text, to others, and where many are under way', async () => {
      const id = await stored()
      const other = await createAccount(deps, { name: 'other', credits: 0 })
      const stranger = { ...ctx, accountId: other.accountId }
      await expect(askForSpeakers(deps, stranger, id, 2)).rejects.toMatchObject({
        code: 'resource.not_found',
      })
      await expect(latestRun(deps, stranger, 'speaker_runs', id)).rejects.toMatchObject({
        code: 'resource.not_found',
      })
      for (let k = 0; k < 20; k++) {
        const one = await stored()
        const open = await askForSpeakers(deps, ctx, one, 2).catch(({ code }: { code: string }) => code)
        if (open === 'queue.share') break
      }
      await expect(askForSpeakers(deps, ctx, id, 2)).rejects.toMatchObject({ code: 'queue.share' })
      await deps.db.deleteFrom('speaker_runs').execute()
      const unheard = { state: 'failed' as const, transcript: null }
      await deps.db.updateTable('transcriptions').set(unheard).where('id', '=', id).execute()
      await expect(askForSpeakers(deps, ctx, id, 2)).rejects.toMatchObject({
        code: 'transcription.no_text',
      })
    })
  })
})
