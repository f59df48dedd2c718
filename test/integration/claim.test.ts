/** Workers with different models share a queue: each leaves to the others what only they can do. */
import { expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { testFolder } from '../support/test-folder.ts'

const folder = testFolder()

describeBothDatabases('claiming', (database) => {
  it('takes what names no model, or one that is here or nowhere, and speakers where it can tell them apart', async () => {
    const { db, signals } = database()
    let now = 1_800_000_000_000
    const deps: Deps = {
      db,
      databaseAway,
      signals,
      policy: policyOf(loadConfig({})),
      clock: { now: () => now++ },
      media: diskMediaStore(folder.path),
    }
    const { accountId } = await createAccount(deps, { name: 'a', credits: 100 })
    const ctx: Ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_claim' }
    const begin = (model: string | undefined) =>
      accept(deps, ctx, {
        surface: 'native',
        source: { kind: 'url', url: 'https://example.com/a.mp3' },
        wishes: { model },
        price: { kind: 'flat', credits: 1 },
        expectedSeconds: 0,
      })
    for (const model of [undefined, 'here', 'there', 'nowhere']) await begin(model)
    const all = async (elsewhere: string[]): Promise<(string | null)[]> => {
      const row = (await claim(deps, 15_000, { downloads: true, elsewhere }))?.row
      return row ? [row.model, ...(await all(elsewhere))] : []
    }
    expect(await all(['there', 'over there'])).toEqual([null, 'here', 'nowhere'])
    expect(await all(['here'])).toEqual(['there'])
    for (const model of [undefined, 'here', 'there']) await begin(model)
    const only = async (models: string[], unnamed: boolean) =>
      (await claim(deps, 15_000, { downloads: true, only: { models, unnamed } }))?.row.model
    expect(await only(['there'], false)).toBe('there')
    expect(await only(['there'], false)).toBeUndefined()
    expect(await only([], true)).toBeNull()
    expect(await only(['there'], true)).toBeUndefined()
    expect(await only(['there', 'here'], false)).toBe('here')
    const spoken = await accept(deps, ctx, {
      surface: 'native',
      source: { kind: 'url', url: 'https://example.com/a.mp3' },
      wishes: { diarize: true },
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: 0,
    })
    expect(await claim(deps, 15_000, { downloads: true, diarizes: false })).toBeUndefined()
    expect((await claim(deps, 15_000, { downloads: true, diarizes: true }))?.row.id).toBe(spoken.id)
  })
})
