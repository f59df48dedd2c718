/**
 * Something is deleted in the very moment in which something else is added to it: 404, never 500. In PostgreSQL the
 * deletion is under way when the requests come; in SQLite both come at once.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { emitEnd } from '../../src/domain/webhooks/emit.ts'
import { buildApp } from '../../src/http/app.ts'
import { type Base, composeAll, composeBase } from '../../src/main/compose.ts'
import { createLogger } from '../../src/main/logger.ts'
import { storeSamples } from '../support/filled-library.ts'
import { findBinaries, type Postgres, startPostgres } from '../support/postgres.ts'

const PASSAGE = { start: 1.25, end: 3, quote: 'a harbour', text: 'Which one?' }
const ROUNDS = 8
type Ask = [method: 'POST' | 'PATCH', path: string, body: object]

const ofTranscription = (id: string, comment: string): Ask[] => [
  ['POST', `/transcriptions/${id}/comments`, PASSAGE],
  ['POST', `/transcriptions/${id}/comments/${comment}/replies`, { text: 'This one.' }],
  ['PATCH', `/transcriptions/${id}/comments/${comment}`, { resolved: true }],
  ['POST', `/transcriptions/${id}/shares`, {}],
  ['POST', `/transcriptions/${id}/drafts`, { platform: 'bluesky' }],
  ['POST', `/transcriptions/${id}/speakers`, {}],
  ['POST', `/transcriptions/${id}/video`, {}],
  ['POST', '/transcriptions/tags', { ids: [id], add: ['late'] }],
  ['POST', '/transcriptions/bin', { ids: [id] }],
  ['PATCH', `/transcriptions/${id}`, { title: 'Another' }],
  [
    'PATCH',
    `/transcriptions/${id}`,
    { version: 0, segments: [{ start: 0, end: 1, text: 'Something else.' }] },
  ],
]

const missing = findBinaries() ? [] : ['postgres']
describe.each(['sqlite', 'postgres'].filter((kind) => !missing.includes(kind)))(
  'deleted meanwhile (%s)',
  (kind) => {
    let dir: string
    let postgres: Postgres | undefined
    let other: pg.Client | undefined
    let base: Base
    let app: FastifyInstance
    let account: { accountId: string; apiKey: string }

    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'earshot-meanwhile-'))
      postgres = kind === 'postgres' ? await startPostgres() : undefined
      const url = await postgres?.createDatabase()
      const config = loadConfig({ EARSHOT_DATA_DIR: dir, EARSHOT_RATE_LIMITS: 'off', DATABASE_URL: url })
      base = await composeBase(config)
      const { http } = await composeAll(config, base, createLogger('silent'), { worker: false })
      app = await buildApp(http, createLogger('silent'))
      account = await createAccount(base, { name: 'ours' })
      other = url === undefined ? undefined : new pg.Client(url)
      await other?.connect()
    })
    afterAll(async () => {
      await other?.end()
      await app?.close()
      await base?.close()
      await postgres?.stop()
      await rm(dir, { recursive: true, force: true })
    })

    async function ask(method: Ask[0] | 'DELETE', path: string, payload?: object) {
      const answer = await app.inject({
        method,
        url: `/v1${path}`,
        headers: { authorization: `Bearer ${account.apiKey}` },
        ...(payload && { payload }),
      })
      const body = answer.body === '' ? undefined : answer.json()
      return {
        status: answer.statusCode,
        body,
        said: `${method} ${path}: ${answer.statusCode} ${answer.body}`,
      }
    }

    /** @returns the answers to what came while it was being deleted */
    async function during(table: string, id: string, path: string, asks: Ask[]) {
      const all = () => asks.map(([method, to, body]) => ask(method, to, body))
      if (!other) {
        // Now one is first, now the other.
        const first = Math.random() < 0.5 ? all() : []
        const deletion = ask('DELETE', path)
        const answers = await Promise.all(first.length > 0 ? first : all())
        expect((await deletion).status).toBeLessThan(300)
        return answers
      }
      await other.query('begin')
      await other.query(`delete from ${table} where id = $1`, [id])
      const answers = all()
      const settled = Promise.all(answers)
      await new Promise((done) => setTimeout(done, 500))
      await other.query('commit')
      return settled
    }

    it('a transcription', async () => {
      for (let round = 0; round < (other ? 1 : ROUNDS); round++)
        for (let k = 0; k < ofTranscription('', '').length; k++) {
          const [id] = (await storeSamples(base.db, account.accountId, 1)) as [string]
          const comment = (await ask('POST', `/transcriptions/${id}/comments`, PASSAGE)).body.id
          const one = ofTranscription(id, comment)[k]!
          for (const { status, said } of await during('transcriptions', id, `/transcriptions/${id}`, [one]))
            expect(status, said).toBeLessThan(500)
        }
    })

    const newEndpoint = async (): Promise<string> =>
      (
        await ask('POST', '/webhooks', {
          url: 'https://example.org/hook',
          events: ['transcription.succeeded'],
        })
      ).body.id

    it('a webhook', async () => {
      for (let round = 0; round < (other ? 1 : ROUNDS); round++) {
        const id = await newEndpoint()
        const test: Ask = ['POST', `/webhooks/${id}/test`, {}]
        const edit: Ask = ['PATCH', `/webhooks/${id}`, { events: ['transcription.failed'] }]
        for (const { status, said } of await during('webhook_endpoints', id, `/webhooks/${id}`, [test, edit]))
          expect(status, said).toBeLessThan(500)
      }
    })

    it('a webhook, while a transcription ends: the end does not fail', async () => {
      const [id] = (await storeSamples(base.db, account.accountId, 1)) as [string]
      const row = await base.db
        .selectFrom('transcriptions')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const [gone, stays] = [await newEndpoint(), await newEndpoint()]
      await other?.query('begin')
      await other?.query('delete from webhook_endpoints where id = $1', [gone])
      const end = base.db.transaction().execute((tx) => emitEnd(tx, Date.now(), 'succeeded', row))
      await new Promise((done) => setTimeout(done, 500))
      if (other) await other.query('commit')
      await end
      const sent = await base.db.selectFrom('webhook_deliveries').select('endpoint_id').execute()
      expect(sent.map((each) => each.endpoint_id)).toContain(stays)
    })
  },
)
