/**
 * `kill -9` of the whole server at random moments while recordings of several parts are under way. What
 * was accepted ends after the restart, stored parts are not computed again, and the ledger is right.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { alive, descendantsOf } from '../support/processes.ts'
import { readRows as rowsOf } from '../support/rows.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { random, toneAudio, toneProgramme, wav } from '../support/tone.ts'

const ROUNDS = 8
const JOBS = 4
/** Two credits, and several parts. */
const SECONDS = 61
const SEED = 4711

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer | undefined
let env: Record<string, string>

beforeAll(async () => {
  folder = await testFolder()
  env = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '2' }
})

afterAll(async () => {
  await server?.kill().catch(() => {})
  await folder?.remove()
})

interface Row {
  id: string
  state: string
  transcript: string | null
  credits_debited: number | null
}

const readRows = <T>(query: string): T[] => rowsOf<T>(folder.dataDir, query)

interface StoredPart {
  transcription_id: string
  idx: number
  created_at: number
}

/** They go with the end of their transcription. */
const partsNow = (): StoredPart[] =>
  readRows<StoredPart>('select transcription_id, idx, created_at from parts')
const keyOf = ({ transcription_id, idx }: StoredPart): string => `${transcription_id} ${idx}`

async function eventually(what: string, check: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms
  while (!check()) {
    if (Date.now() > end) throw new Error(`${what} did not happen`)
    await sleep(50)
  }
}

it(`survives ${ROUNDS} rounds of kill -9 without losing, repeating or charging anything twice`, {
  timeout: 600_000,
}, async () => {
  const next = random(SEED)
  const { accountId, apiKey } = await newAccount(folder.dataDir, 10_000)
  const truths: string[] = []
  const mediaIds: string[] = []
  server = await startServer(folder.dataDir, env)
  for (let k = 0; k < JOBS; k++) {
    const words = toneProgramme(SEED + k, SECONDS)
    truths.push(words.map((w) => w.word).join(' '))
    const { body } = await upload(server.origin, apiKey, Buffer.from(wav(toneAudio(words, SECONDS))))
    mediaIds.push(body.mediaId)
  }

  const accepted = new Map<string, string>()
  /** Every part that was ever seen stored, with the time at which it was. */
  const stored = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    server ??= await startServer(folder.dataDir, env)
    const { origin, pid } = server
    const before = new Set(readRows<Row>('select id from transcriptions').map((r) => r.id))
    mediaIds.forEach((mediaId) => {
      transcribe(origin, apiKey, { mediaId }).catch(() => {}) // the kill breaks the connection
    })
    // Every other time in the middle of the work, however slow the machine is.
    if (round % 2 === 1)
      await eventually('another part', () => partsNow().some((part) => !stored.has(keyOf(part))))
    await sleep(next() * (round % 2 === 1 ? 300 : 1200))
    const children = descendantsOf(pid)
    await server.kill()
    server = undefined
    await eventually('the end of the children', () => !children.some(alive))
    for (const { id } of readRows<Row>('select id from transcriptions'))
      if (!before.has(id)) accepted.set(id, 'accepted')
    for (const part of partsNow()) {
      const key = keyOf(part)
      // A part that was stored in an earlier round is still that very row: nobody computed it again.
      expect(stored.get(key) ?? part.created_at).toBe(part.created_at)
      stored.set(key, part.created_at)
    }
  }

  server = await startServer(folder.dataDir, env)
  await eventually(
    'the end of every accepted transcription',
    () => readRows("select id from transcriptions where state in ('queued', 'running')").length === 0,
    300_000,
  )
  const rows = readRows<Row & { title: string; media_id: string }>('select * from transcriptions')
  expect(accepted.size).toBeGreaterThan(ROUNDS)
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'succeeded', error_code: null, error_message: null })
    const { text } = JSON.parse(row.transcript!) as { text: string }
    expect(text).toBe(truths[mediaIds.indexOf(row.media_id)])
    expect(row.credits_debited).toBe(Math.ceil(SECONDS / 60))
  }
  expect(stored.size).toBeGreaterThan(0)

  const audit = await earshot(folder.dataDir, ['credits', 'audit'])
  expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
  const balance = JSON.parse((await earshot(folder.dataDir, ['credits', 'balance', accountId])).stdout)
  expect(balance).toEqual({
    posted: 10_000 - rows.length * Math.ceil(SECONDS / 60),
    pending: 0,
    available: 10_000 - rows.length * Math.ceil(SECONDS / 60),
  })
})
