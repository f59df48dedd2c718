/** Comments on passages: who writes, sees, resolves and deletes them, and what becomes of them. On both databases. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import type { Comment, ListCommentsReply } from '../../src/contract/comments.ts'
import type { InviteReply } from '../../src/contract/people.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { ownerToken } from '../../src/domain/users/invite.ts'
import { buildApp } from '../../src/http/app.ts'
import { type Base, composeAll, composeBase } from '../../src/main/compose.ts'
import { createLogger } from '../../src/main/logger.ts'
import { storeSamples } from '../support/filled-library.ts'
import { findBinaries, sharedDatabase } from '../support/postgres.ts'

const PASSWORD = 'correct horse battery'
const PASSAGE = { start: 1.25, end: 3, quote: 'a harbour', text: 'Which one?' }

interface Visitor {
  prefix: string
  headers: Record<string, string>
}

const missing = findBinaries() ? [] : ['postgres']

describe.each(['sqlite', 'postgres'].filter((kind) => !missing.includes(kind)))('comments (%s)', (kind) => {
  let dir: string
  let base: Base
  let app: FastifyInstance
  let [owner, member, key, stranger]: (Visitor | undefined)[] = []
  let id: string

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-comments-'))
    const config = loadConfig({
      EARSHOT_DATA_DIR: dir,
      EARSHOT_LOG_LEVEL: 'error',
      EARSHOT_RATE_LIMITS: 'off',
      DATABASE_URL: kind === 'postgres' ? await sharedDatabase() : undefined,
    })
    base = await composeBase(config)
    const { http } = await composeAll(config, base, createLogger('error'), { worker: false })
    app = await buildApp(http, createLogger('error'))
    const ours = await createAccount(base, { name: 'ours' })
    key = withKey(ours.apiKey)
    stranger = withKey((await createAccount(base, { name: 'theirs' })).apiKey)
    owner = await joined((await ownerToken(base))!, 'Olga')
    const invited = await ask<InviteReply>(owner, 'POST', '/invitations', {
      email: 'mia@example.org',
      role: 'member',
    })
    member = await joined(invited.body.token, 'Mia')
    accountId = ours.accountId
  })
  let accountId: string
  beforeEach(async () => {
    ;[id] = (await storeSamples(base.db, accountId, 1)) as [string]
  })
  afterAll(async () => {
    await app?.close()
    await base?.close()
    await rm(dir, { recursive: true, force: true })
  })

  const withKey = (apiKey: string): Visitor => ({
    prefix: '/v1',
    headers: { authorization: `Bearer ${apiKey}` },
  })
  async function joined(token: string, name: string): Promise<Visitor> {
    const payload = { token, email: `${name.toLowerCase()}@example.org`, name, password: PASSWORD }
    const answer = await app.inject({
      method: 'POST',
      url: '/api/dashboard/join',
      headers: { 'sec-fetch-site': 'same-origin' },
      payload,
    })
    const cookie = String(answer.headers['set-cookie']).split(';', 1)[0]!
    return { prefix: '/api/dashboard', headers: { cookie, 'sec-fetch-site': 'same-origin' } }
  }
  async function ask<T = Comment>(
    visitor: Visitor | undefined,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T; code: string; replayed: boolean }> {
    const { prefix, headers: own } = visitor!
    const answer = await app.inject({
      method,
      url: prefix + path,
      headers: { ...own, ...headers },
      ...(payload && { payload }),
    })
    const body = answer.body === '' ? undefined : answer.json()
    return {
      status: answer.statusCode,
      body,
      code: body?.error?.details?.reasonCode,
      replayed: answer.headers['idempotent-replayed'] === 'true',
    }
  }
  const path = (commentId?: string, more = ''): string =>
    `/transcriptions/${id}/comments${commentId ? `/${commentId}` : ''}${more}`
  const write = async (visitor: Visitor | undefined, body: object = {}): Promise<Comment> => {
    const answer = await ask(visitor, 'POST', path(), { ...PASSAGE, ...body })
    expect(answer.status).toBe(201)
    return answer.body
  }
  const listed = async (visitor: Visitor | undefined): Promise<Comment[]> =>
    (await ask<ListCommentsReply>(visitor, 'GET', path())).body.items

  it('are seen by everybody in the account, in the order of the recording, and by nobody else', async () => {
    const late = await write(member, { start: 60.5, end: 61 })
    const early = await write(key)
    expect(early).toMatchObject({
      start: 1.25,
      end: 3,
      quote: 'a harbour',
      text: 'Which one?',
      resolvedAt: null,
    })
    for (const visitor of [owner, member, key])
      expect((await listed(visitor)).map((each) => each.id)).toEqual([early.id, late.id])
    const [ofKey, ofMember] = await listed(member)
    expect(ofMember).toMatchObject({ author: 'Mia', mine: true, deletable: true })
    expect(ofKey).toMatchObject({ mine: false, deletable: false })
    expect(ofKey!.author).toBeTruthy()
    expect((await listed(owner)).map(({ mine, deletable }) => [mine, deletable])).toEqual([
      [false, true],
      [false, true],
    ])
    for (const [method, of, body] of [
      ['GET', path(), undefined],
      ['POST', path(), PASSAGE],
      ['POST', path(late.id, '/replies'), { text: 'x' }],
      ['PATCH', path(late.id), { resolved: true }],
      ['DELETE', path(late.id), undefined],
    ] as const)
      expect([of, (await ask(stranger, method, of, body)).status]).toEqual([of, 404])
    expect((await listed(owner))[1]).toEqual({ ...late, mine: false })
  })

  it('have replies, and are resolved and opened again by anybody', async () => {
    const { id: first } = await write(owner)
    const replied = await ask(member, 'POST', path(first, '/replies'), { text: ' The old one. ' })
    expect([replied.status, replied.body.replies.map(({ text, author }) => [text, author])]).toEqual([
      201,
      [['The old one.', 'Mia']],
    ])
    const [reply] = replied.body.replies
    const resolved = await ask(member, 'PATCH', path(first), { resolved: true })
    expect(resolved.body.resolvedBy).toBe('Mia')
    const again = await ask(owner, 'PATCH', path(first), { resolved: true })
    expect([again.body.resolvedBy, again.body.resolvedAt]).toEqual(['Mia', resolved.body.resolvedAt])
    expect((await ask(owner, 'PATCH', path(first), { resolved: false })).body.resolvedAt).toBeNull()
    await ask(owner, 'PATCH', path(first), { resolved: true })
    const reopened = await ask(key, 'POST', path(first, '/replies'), { text: 'Or the new one?' })
    expect([reopened.body.resolvedAt, reopened.body.resolvedBy]).toEqual([null, null])
    expect(reopened.body.replies.map(({ text }) => text)).toEqual(['The old one.', 'Or the new one?'])
    // A reply is no comment to resolve or to reply to.
    expect((await ask(owner, 'PATCH', path(reply!.id), { resolved: true })).status).toBe(400)
    expect((await ask(owner, 'POST', path(reply!.id, '/replies'), { text: 'x' })).status).toBe(404)
  })

  it('are edited by their author only, and deleted by their author or an owner', async () => {
    const ofOwner = await write(owner)
    const ofMember = await write(member)
    expect(await ask(owner, 'PATCH', path(ofMember.id), { text: 'Mine now' })).toMatchObject({
      status: 403,
      code: 'role.forbidden',
    })
    const same = await ask(member, 'PATCH', path(ofMember.id), { text: PASSAGE.text })
    expect(same.body.editedAt).toBeNull()
    const edited = await ask(member, 'PATCH', path(ofMember.id), { text: 'Where is it?' })
    expect(edited.body).toMatchObject({ text: 'Where is it?', editedAt: expect.any(String) })
    expect(await ask(member, 'DELETE', path(ofOwner.id))).toMatchObject({
      status: 403,
      code: 'role.forbidden',
    })
    await ask(owner, 'POST', path(ofMember.id, '/replies'), { text: 'There.' })
    expect((await ask(owner, 'DELETE', path(ofMember.id))).status).toBe(204)
    expect((await listed(member)).map((each) => each.id)).toEqual([ofOwner.id])
    expect((await ask(member, 'DELETE', path(ofMember.id))).status).toBe(404)
  })

  it('are made once under an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': `once-${id}` }
    const [first, second] = await Promise.all([
      ask(owner, 'POST', path(), PASSAGE, headers),
      ask(owner, 'POST', path(), PASSAGE, headers),
    ])
    expect([first.status, second.body]).toEqual([201, first.body])
    const reply = path(first.body.id, '/replies')
    await ask(owner, 'POST', reply, { text: 'One.' }, headers)
    expect((await ask(owner, 'POST', reply, { text: 'One.' }, headers)).replayed).toBe(true)
    expect((await listed(owner)).map(({ replies }) => replies.length)).toEqual([1])
    expect((await ask(owner, 'POST', path(), { ...PASSAGE, text: 'Other' }, headers)).code).toBe(
      'idempotency.conflict',
    )
  })

  it('have limits, which say what is wrong', async () => {
    for (const wrong of [
      { text: '  ' },
      { text: 'x'.repeat(4001) },
      { quote: 'x'.repeat(2001) },
      { start: 3, end: 2 },
      { start: -1 },
      { colour: 'red' },
    ])
      expect(await ask(owner, 'POST', path(), { ...PASSAGE, ...wrong })).toMatchObject({
        status: 400,
        code: 'request.invalid',
      })
    expect((await ask(owner, 'PATCH', path((await write(owner)).id), {})).status).toBe(400)
    await base.db
      .updateTable('transcriptions')
      .set({ state: 'failed', transcript: null })
      .where('id', '=', id)
      .execute()
    expect(await ask(owner, 'POST', path(), PASSAGE)).toMatchObject({ code: 'transcription.no_text' })
  })

  it('go with their transcription, and outlast their author', async () => {
    const { id: written } = await write(member)
    await ask(owner, 'POST', path(written, '/replies'), { text: 'Yes.' })
    const { body } = await ask<{ people: { id: string; name: string }[] }>(owner, 'GET', '/people')
    const mia = body.people.find(({ name }) => name === 'Mia')!
    await base.db
      .updateTable('comments')
      .set({ author: `${mia.id}-gone` })
      .where('id', '=', written)
      .execute()
    expect(await listed(member)).toMatchObject([{ author: null, mine: false, replies: [{ author: 'Olga' }] }])
    expect((await ask(owner, 'DELETE', `/transcriptions/${id}`)).status).toBe(200)
    const left = await base.db
      .selectFrom('comments')
      .select('id')
      .where('transcription_id', '=', id)
      .execute()
    expect(left).toEqual([])
  })
})
