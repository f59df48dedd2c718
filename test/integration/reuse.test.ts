/** What an answer costs that was made for somebody else. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import type { TranscriptionRow } from '../../src/domain/tables.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { editTranscription } from '../../src/domain/transcriptions/edit.ts'
import { EDITING } from '../../src/domain/transcriptions/editing.ts'
import { getTranscription } from '../../src/domain/transcriptions/get.ts'
import { describeSource } from '../../src/domain/transcriptions/progress.ts'
import { type Delivered, succeed } from '../../src/domain/transcriptions/settle.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases, type TestDatabase } from '../support/both-databases.ts'
import { here } from '../support/here.ts'

/** Ten minutes and a bit: eleven credits. */
const SECONDS = 605

describeBothDatabases('reuse', (database) => {
  describe.each(['full', 'free'] as const)('at the price: %s', (reusePrice) => {
    const cost = reusePrice === 'full' ? 11 : 0
    let deps: Deps
    beforeAll(() => {
      deps = depsOf(database(), reusePrice)
    })
    afterAll(async () => expect(await audit(deps.db)).toMatchObject({ faults: [] }))

    it('of who asks later', async () => {
      const link = `later-${reusePrice}`
      const [first, later] = [await account(100), await account(100)]
      await makeText(await ask(first, link), link)
      const answer = await ask(later, link)
      expect(answer).toMatchObject({ state: 'succeeded', reused: 1, credits_debited: cost })
      expect(await posted(first)).toBe(89)
      expect(await posted(later)).toBe(100 - cost)
    })

    it('of who asks at the same time', async () => {
      const link = `at-once-${reusePrice}`
      const [first, second] = [await account(100), await account(100)]
      const leader = await ask(first, link)
      const follower = await ask(second, link)
      expect(follower).toMatchObject({ state: 'queued', leader_id: leader.id })
      await makeText(leader, link)
      const ended = await getTranscription(deps, second.accountId, follower.id)
      expect(ended).toMatchObject({ state: 'succeeded', reused: 1, credits_debited: cost })
      expect(await posted(first)).toBe(89)
      expect(await posted(second)).toBe(100 - cost)
    })

    it('of who has too little for it', async () => {
      const link = `poor-${reusePrice}`
      const [rich, poor] = [await account(100), await account(5)]
      const leader = await ask(rich, link)
      const follower = await ask(poor, link)
      await makeText(leader, link)
      const ended = await getTranscription(deps, poor.accountId, follower.id)
      if (reusePrice === 'free') expect(ended.state).toBe('succeeded')
      else
        expect(ended).toMatchObject({
          state: 'failed',
          error_code: 'credits.insufficient',
          transcript: null,
          credits_debited: 0,
        })
      const later = ask(poor, link)
      if (reusePrice === 'free') expect(await later).toMatchObject({ state: 'succeeded' })
      else await expect(later).rejects.toMatchObject({ code: 'credits.insufficient' })
      expect(await balanceOf(deps.db, poor.accountId)).toMatchObject({ posted: 5, pending: 0 })
    })

    it('of accounts that wait for each other at the same moment', async () => {
      const pair = [await account(1000), await account(1000)] as const
      const leaders: TranscriptionRow[] = []
      for (let k = 0; k < 12; k++) {
        const [first, second] = k % 2 === 0 ? pair : [pair[1], pair[0]]
        leaders.push(await ask(first, `crossing-${reusePrice}-${k}`))
        await ask(second, `crossing-${reusePrice}-${k}`)
      }
      for (const _ of leaders) {
        await begin()
      }
      await Promise.all(leaders.map(({ id }) => succeed(deps, id, tokens.get(id)!, delivered('twelve'))))
      for (const ctx of pair) expect(await posted(ctx)).toBe(1000 - 6 * 11 - 6 * cost)
    })

    it('takes over what the platform calls the post, and nothing that another account called it', async () => {
      const link = `titled-${reusePrice}`
      const [first, second, third] = [await account(100), await account(100), await account(100)]
      const leader = await ask(first, link, 'Witness 4, confidential')
      const follower = await ask(second, link)
      expect(await begin()).toBe(leader.id)
      await describeSource(deps, leader.id, tokens.get(leader.id)!, { title: 'Public title' })
      await succeed(deps, leader.id, tokens.get(leader.id)!, delivered(link))
      await editTranscription({ ...deps, texts: here(EDITING) }, first, leader.id, {
        title: 'Renamed: salary talk',
      })
      const later = await ask(third, link)
      const own = await ask(third, link, 'My own')
      expect(await getTranscription(deps, first.accountId, leader.id)).toMatchObject({
        title: 'Renamed: salary talk',
      })
      for (const [ctx, id, title] of [
        [second, follower.id, 'Public title'],
        [third, later.id, 'Public title'],
        [third, own.id, 'My own'],
      ] as const)
        expect(await getTranscription(deps, ctx.accountId, id)).toMatchObject({ title })
    })

    it('of who asks while the text is being stored: nobody waits for ever', async () => {
      const [first, second] = [await account(1000), await account(1000)]
      for (let k = 0; k < 15; k++) {
        const link = `meanwhile-${reusePrice}-${k}`
        const leader = await ask(first, link)
        expect(await begin()).toBe(leader.id)
        const [asked] = await Promise.all([
          ask(second, link),
          succeed(deps, leader.id, tokens.get(leader.id)!, delivered(link)),
        ])
        expect(await getTranscription(deps, second.accountId, asked.id)).toMatchObject({
          state: 'succeeded',
          credits_debited: cost,
        })
      }
    })

    async function account(credits: number): Promise<Ctx> {
      const { accountId } = await createAccount(deps, { name: 'a', credits })
      return { accountId, keyId: null, scopes: SCOPES, requestId: 'req_reuse' }
    }

    const ask = (ctx: Ctx, id: string, title?: string): Promise<TranscriptionRow> =>
      accept(deps, ctx, {
        surface: 'native',
        title,
        wishes: {},
        source: {
          kind: 'link',
          link: { platform: 'youtube', id, canonicalUrl: `https://www.youtube.com/watch?v=${id}` },
        },
        price: { kind: 'per_minute', credits: 1 },
        expectedSeconds: 0,
      })

    /** Of what was begun, by id. */
    const tokens = new Map<string, string>()

    /** As a worker does: the length is known once the post was described. */
    async function begin(): Promise<string> {
      const { row, lease } = (await claim(deps, 60_000, { downloads: true }))!
      tokens.set(row.id, lease.token)
      await describeSource(deps, row.id, lease.token, { durationMs: SECONDS * 1000 })
      return row.id
    }

    async function makeText(row: TranscriptionRow, text: string): Promise<void> {
      expect(await begin()).toBe(row.id)
      await succeed(deps, row.id, tokens.get(row.id)!, delivered(text))
    }

    const delivered = (text: string): Delivered => ({
      transcript: { text, segments: [], language: 'en' },
      durationSeconds: SECONDS,
      modelUsed: 'tone',
      standIn: false,
      likelyLyrics: false,
    })

    const posted = async ({ accountId }: Ctx): Promise<number> => (await balanceOf(deps.db, accountId)).posted
  })
})

const depsOf = ({ db, signals }: TestDatabase, reusePrice: 'full' | 'free'): Deps => ({
  db,
  databaseAway,
  signals,
  clock: { now: Date.now },
  media: diskMediaStore('/nowhere'),
  policy: { ...policyOf(loadConfig({})), reusePrice },
})
