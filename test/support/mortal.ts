/**
 * A life of a transcription as its client and its worker lead it, and, run as a program, a process that
 * leads it until it is killed: by itself, with SIGKILL, right after the step of a given number.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import type { KyselyPlugin } from 'kysely'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { openDatabase } from '../../src/adapters/database/open.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { type Ctx, type Deps, type Policy, SCOPES } from '../../src/domain/context.ts'
import { findExecution } from '../../src/domain/idempotency/find.ts'
import { responseOf, storeResponse } from '../../src/domain/idempotency/response.ts'
import { fingerprint } from '../../src/domain/idempotency/rules.ts'
import type { TranscriptionRow } from '../../src/domain/tables.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim, freeExpired } from '../../src/domain/transcriptions/claim.ts'
import { getTranscription } from '../../src/domain/transcriptions/get.ts'
import { recordPart } from '../../src/domain/transcriptions/progress.ts'
import { cancel, succeed } from '../../src/domain/transcriptions/settle.ts'

export type Ending = 'succeed' | 'cancel'

export interface Life {
  database: { url?: string | undefined; dataDir: string }
  accountId: string
  ending: Ending
  policy: Policy
}

const SECONDS = 90

/**
 * From the request to the stored response. Led again after a death, it goes on as a client and a worker would:
 * the one repeats its request under the same key, the other takes what is free.
 * @returns what the client got
 */
export async function live(
  deps: Deps,
  { accountId, ending }: Pick<Life, 'accountId' | 'ending'>,
): Promise<string> {
  const once = {
    accountId,
    route: 'POST /v1/ai/transcribe',
    key: 'life',
    fingerprint: fingerprint({ mediaId: 'media_life' }),
  }
  const ctx: Ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_life', once }
  const found = await findExecution(deps, once)
  const stored = found && responseOf(found)
  if (stored) return stored.body
  const { id } = await accept(deps, ctx, {
    surface: 'soku',
    wishes: {},
    source: { kind: 'media', media: recording(accountId) },
    price: { kind: 'per_minute', credits: 1 },
    expectedSeconds: SECONDS,
  })
  const row = await ended(deps, { id, accountId, ending })
  const { response } = await storeResponse(deps.db, once, { status: 200, headers: {}, body: answer(row) })
  return response.body
}

/** Claims it until it has ended: what a killed process has locked in PostgreSQL is passed over until it is let go. */
async function ended(
  deps: Deps,
  job: { id: string; accountId: string; ending: Ending },
): Promise<TranscriptionRow> {
  for (;;) {
    // Of nobody any more at once: who comes after a death need not wait for that.
    await freeExpired(deps)
    const claimed = await claim(deps, -1, { downloads: false })
    if (claimed) await work(deps, job, claimed.lease.token)
    const row = await getTranscription(deps, job.accountId, job.id)
    if (row.state !== 'queued' && row.state !== 'running') return row
    await sleep(10)
  }
}

async function work(
  deps: Deps,
  { id, accountId, ending }: { id: string; accountId: string; ending: Ending },
  token: string,
): Promise<void> {
  const part = { transcription_id: id, idx: 0, start: 0, end: 16_000, from: 0, to: 16_000, result: '{}' }
  await recordPart(deps, token, part, { stage: 'transcribing', pct: 50 })
  if (ending === 'cancel') await cancel(deps, accountId, id)
  else
    await succeed(deps, id, token, {
      transcript: { text: 'one two three', segments: [], language: 'en' },
      durationSeconds: SECONDS,
      modelUsed: 'tone',
      standIn: false,
      likelyLyrics: false,
    })
}

const answer = ({ id, state, credits_debited }: TranscriptionRow): string =>
  JSON.stringify({ jobId: id, state, creditsDebited: credits_debited })

const recording = (accountId: string) => ({
  id: 'media_life',
  account_id: accountId,
  storage_key: 'media/life',
  filename: 'life.wav',
  content_type: 'audio/wav',
  bytes: 1,
  sha256: '0',
  duration_ms: SECONDS * 1000,
  has_video: 0,
  created_at: 0,
  kept_since: 0,
})

/** Every statement that was executed and every signal that was sent is a step. */
export async function depsOf(
  { database, policy }: Pick<Life, 'database' | 'policy'>,
  step: () => void = () => {},
): Promise<{ deps: Deps; close(): Promise<void> }> {
  const { db, signals, close } = await openDatabase(database)
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      step()
      return result
    },
  }
  const deps: Deps = {
    db: db.withPlugin(counting),
    databaseAway,
    signals: {
      ...signals,
      publish(...signal) {
        signals.publish(...signal)
        step()
      },
    },
    clock: { now: Date.now },
    media: diskMediaStore(database.dataDir),
    policy,
  }
  return { deps, close }
}

async function mortal(life: Life, lastStep: number): Promise<void> {
  let steps = 0
  const { deps, close } = await depsOf(life, () => {
    if (++steps === lastStep) process.kill(process.pid, 'SIGKILL')
  })
  await live(deps, life)
  await close()
  console.log('lived')
}

if (process.argv[1] === import.meta.filename) {
  const [life = '', lastStep] = process.argv.slice(2)
  await mortal(JSON.parse(life) as Life, Number(lastStep))
}
