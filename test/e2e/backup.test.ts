/** A backup as docs/operating.md says to make one, of a server at work; and what is restored from it goes on. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync } from '@photostructure/sqlite'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/database/open.ts'
import { transcribe, upload } from '../support/client.ts'
import { findBinaries, type Postgres, startPostgres } from '../support/postgres.ts'
import { type Env, earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SHORT = 5
const LONG = 240
const CREDITS = 100
const programmes = { short: toneProgramme(31, SHORT), long: toneProgramme(32, LONG) }
const recording = (which: 'short' | 'long'): Buffer<ArrayBuffer> =>
  Buffer.from(wav(toneAudio(programmes[which], which === 'short' ? SHORT : LONG)))
const truth = (which: 'short' | 'long'): string => programmes[which].map(({ word }) => word).join(' ')

interface Kind {
  /** Settings of the server that is backed up. */
  begin(): Promise<Env>
  /** Copies the running database into a new place. Returns the settings of the server that is restored. */
  copy(from: string, to: string, env: Env): Promise<Env>
}

let postgres: Postgres | undefined
afterAll(() => postgres?.stop())

const KINDS: Record<string, Kind> = {
  SQLite: {
    begin: async () => ({}),
    async copy(from, to) {
      // What `sqlite3 earshot.db ".backup …"` does.
      const db = new DatabaseSync(join(from, 'earshot.db'))
      await backup(db, join(to, 'earshot.db'))
      db.close()
      return {}
    },
  },
  PostgreSQL: {
    async begin() {
      postgres ??= await startPostgres()
      return { DATABASE_URL: await postgres.createDatabase() }
    },
    async copy(_from, _to, { DATABASE_URL: url = '' }) {
      const restored = await postgres!.createBareDatabase()
      const dump = execFileSync(join(findBinaries()!, 'pg_dump'), [url], { maxBuffer: 1 << 28 })
      execFileSync(join(findBinaries()!, 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', restored], { input: dump })
      return { DATABASE_URL: restored }
    },
  },
}

for (const [name, { begin, copy }] of Object.entries(KINDS))
  describe.skipIf(name === 'PostgreSQL' && !findBinaries())(`a server on ${name}`, () => {
    let folder: Awaited<ReturnType<typeof testFolder>>
    let server: TestServer | undefined
    afterAll(async () => {
      await server?.kill()
      await folder?.remove()
    })

    it('goes on from its backup: what was ready is there, what ran is ended, all of it is paid once', async () => {
      folder = await testFolder('fixed')
      const base = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' }
      const env = { ...base, ...(await begin()) }
      server = await startServer(folder.dataDir, env)
      const { accountId, apiKey } = await newAccount(folder.dataDir, CREDITS, env)
      const short = (await upload(server.origin, apiKey, recording('short'))).body.mediaId
      await transcribe(server.origin, apiKey, { mediaId: short })
      const long = (await upload(server.origin, apiKey, recording('long'))).body.mediaId
      const id = await begun(server, apiKey, long)

      const dataDir = `${folder.dataDir}-restored`
      mkdirSync(dataDir)
      const restored = { ...base, ...(await copy(folder.dataDir, dataDir, env)) }
      cpSync(join(folder.dataDir, 'store'), join(dataDir, 'store'), { recursive: true })
      await server.kill()

      server = await startServer(dataDir, restored)
      const state = async (): Promise<unknown> => (await get(server!, apiKey, id)).state
      await expect.poll(state, { timeout: 120_000, interval: 200 }).toBe('succeeded')
      const { transcript } = await get(server, apiKey, id)
      expect((transcript as { text: string }).text).toBe(truth('long'))
      const again = await transcribe(server.origin, apiKey, { mediaId: short })
      expect(again.body.transcript).toBe(truth('short'))
      const audit = await earshot(dataDir, ['credits', 'audit'], restored)
      expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
      const balance = await earshot(dataDir, ['credits', 'balance', accountId], restored)
      expect(JSON.parse(balance.stdout)).toMatchObject({ posted: CREDITS - 1 - LONG / 60 - 1, pending: 0 })
    })

    it('an older version does not start on the database of a newer one', async () => {
      const { env, dataDir } = { env: await begin(), dataDir: `${folder.dataDir}-newer` }
      mkdirSync(dataDir)
      const open = () => openDatabase({ url: env.DATABASE_URL, dataDir })
      const { db, close } = await open()
      await sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-newer-version', '')`.execute(
        db,
      )
      await close()
      await expect(open()).rejects.toThrow('the database cannot be brought up to date')
    })
  })

const headers = (apiKey: string) => ({
  authorization: `Bearer ${apiKey}`,
  'content-type': 'application/json',
})

/** Begins it, and waits until some of it is heard. */
async function begun({ origin }: TestServer, apiKey: string, mediaId: string): Promise<string> {
  const body = JSON.stringify({ mediaId })
  const answer = await fetch(`${origin}/v1/transcriptions`, {
    method: 'POST',
    headers: headers(apiKey),
    body,
  })
  const { id } = (await answer.json()) as { id: string }
  await expect
    .poll(async () => (await get({ origin }, apiKey, id)).pct, { timeout: 60_000, interval: 5 })
    .toBeGreaterThan(0)
  return id
}

async function get(
  { origin }: Pick<TestServer, 'origin'>,
  apiKey: string,
  id: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/v1/transcriptions/${id}`, { headers: headers(apiKey) })
  return (await answer.json()) as Record<string, unknown>
}
