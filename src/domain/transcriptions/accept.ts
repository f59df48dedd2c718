import { beginItem, type ItemOf } from '../batches/begin.ts'
import type { Ctx, Deps } from '../context.ts'
import { hold } from '../credits/holds.ts'
import { type PricePolicy, price } from '../credits/prices.ts'
import { attachWork, claimKey } from '../idempotency/claim.ts'
import { findExecution } from '../idempotency/find.ts'
import { keptMs } from '../idempotency/rules.ts'
import { forgetWork } from '../idempotency/work.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { freed } from '../leases/lease.ts'
import { getMedia } from '../media/get.ts'
import type { TranscriptionRow, Tx } from '../tables.ts'
import { withVocabulary } from '../vocabulary/apply.ts'
import { readVocabulary } from '../vocabulary/read.ts'
import { getTranscription } from './get.ts'
import { costOf, deliverStored, findEarlier, reuseKey } from './reuse.ts'
import { requireRoom } from './room.ts'
import type { Source } from './source.ts'
import { type Wishes, wishColumns } from './wishes.ts'

export interface AcceptInput {
  /** Which door it came in through, for the record: `soscripted`, `soku`, `native`… */
  surface: string
  source: Source
  /** Instead of the file's or the post's own. */
  title?: string | undefined
  /** `mode` is of links; a media file is always recognised. */
  wishes: Wishes
  price: PricePolicy
  /** Seconds, as far as known before the work: what the hold is made for. */
  expectedSeconds: number
  /** Epoch ms after which nobody waits any more; the work then fails, and costs nothing. */
  deadlineAt?: number | null
  /** The item of a batch that becomes this transcription, and no other. */
  batch?: ItemOf | undefined
}

/**
 * Takes on the work: holds the credits and queues the transcription in one transaction. After it, the
 * work survives any crash.
 * Under an idempotency key that was used before, it returns what that request began.
 * @throws DomainError `key.scope`, `resource.not_found`, `queue.full`, `queue.share`, `credits.insufficient`, `idempotency.conflict`
 */
export async function accept(deps: Deps, ctx: Ctx, input: AcceptInput): Promise<TranscriptionRow> {
  requireScope(ctx, 'transcribe')
  for (const { mediaId } of input.wishes.knownSpeakers ?? []) await getMedia(deps, ctx.accountId, mediaId)
  const { once } = ctx
  const row = await deps.db.transaction().execute(async (tx) => {
    if (!once) return acceptIn(tx, deps, ctx, input)
    if (once.work === 'begin') await forgetWork(tx, once)
    const keepMs = keptMs(once, deps.policy)
    if (!(await claimKey(tx, deps.clock.now(), once, { keepMs }))) return undefined
    const accepted = await acceptIn(tx, deps, ctx, input)
    await attachWork(tx, once, accepted.id)
    return accepted
  })
  if (!row) return acceptedBefore(deps, ctx)
  deps.signals.publish('job.queued', row.id)
  return row
}

/** What a twin of this request has begun. */
async function acceptedBefore(deps: Deps, { accountId, once }: Ctx): Promise<TranscriptionRow> {
  const earlier = once && (await findExecution(deps, once))
  if (!earlier?.transcription_id) throw new Error('an idempotency key was claimed for something else')
  return getTranscription(deps, accountId, earlier.transcription_id)
}

/** The same inside a transaction that the caller began; it publishes `job.queued` after its commit. */
export async function acceptIn(
  tx: Tx,
  { clock, policy }: Pick<Deps, 'clock' | 'policy'>,
  ctx: Ctx,
  asked: AcceptInput,
): Promise<TranscriptionRow> {
  const now = clock.now()
  const vocabulary = await readVocabulary(tx, ctx.accountId)
  const input = { ...asked, wishes: withVocabulary(asked.wishes, vocabulary) }
  const id = newId('tj')
  const earlier = await findEarlier(tx, now, policy, reuseKey(input))
  if (!earlier) await requireRoom(tx, policy, ctx.accountId)
  const holdId = await hold(tx, now, {
    accountId: ctx.accountId,
    amount:
      earlier?.kind === 'stored'
        ? costOf(input.price, earlier.row, policy)
        : price(input.price, input.expectedSeconds),
    transcriptionId: id,
    expiresAt: now + policy.holdMs,
  })
  const row: TranscriptionRow = {
    ...begun(ctx, input, now),
    id,
    hold_id: holdId,
    leader_id: earlier?.kind === 'running' ? earlier.id : null,
  }
  await tx.insertInto('transcriptions').values(row).execute()
  if (input.batch) await beginItem(tx, input.batch, id)
  return earlier?.kind === 'stored' ? deliverStored(tx, now, row, earlier.row, policy) : row
}

/** What was asked, and nothing of an answer yet. */
function begun(
  ctx: Ctx,
  input: AcceptInput,
  now: number,
): Omit<TranscriptionRow, 'id' | 'hold_id' | 'leader_id'> {
  return {
    account_id: ctx.accountId,
    key_id: ctx.keyId,
    request_id: ctx.requestId,
    trace_id: ctx.traceId ?? null,
    traceparent: ctx.traceparent ?? null,
    surface: input.surface,
    batch_id: input.batch?.id ?? null,
    batch_index: input.batch?.index ?? null,
    ...sourceColumns(input.source),
    ...(input.title && { title: input.title }),
    source_title: null,
    ...wishColumns(input.wishes),
    state: 'queued',
    stage: null,
    pct: 0,
    price: JSON.stringify(input.price),
    credits_debited: null,
    error_code: null,
    error_message: null,
    model_used: null,
    stand_in: null,
    captions_kind: null,
    reuse_key: reuseKey(input),
    reused: 0,
    detected_language: null,
    language_confidence: null,
    likely_lyrics: null,
    transcript: null,
    sound: null,
    source_sha256: null,
    ...freed,
    attempts: 0,
    needs_download: input.source.kind === 'media' ? 0 : 1,
    due_at: now + patience(input),
    claimed_at: null,
    deadline_at: input.deadlineAt ?? null,
    created_at: now,
    started_at: null,
    finished_at: null,
    created_by: ctx.userId ?? null,
    tags: '[]',
    binned_at: null,
    binned_by: null,
    binned_media: 0,
  }
}

const SHORT_SECONDS = 60
const SHORT_PATIENCE_MS = 15_000
const PATIENCE_MS = 120_000
/** Nobody waits for one item of a batch. */
const BATCH_PATIENCE_MS = 15 * 60_000

/**
 * How long others that arrive later may go before it, where nobody waits for its answer: less for what is soon
 * done. Whatever has waited for that long goes before all that comes.
 */
function patience({ deadlineAt, expectedSeconds, batch }: AcceptInput): number {
  if (batch) return BATCH_PATIENCE_MS
  if (deadlineAt != null) return 0
  return expectedSeconds > 0 && expectedSeconds <= SHORT_SECONDS ? SHORT_PATIENCE_MS : PATIENCE_MS
}

function sourceColumns(
  source: Source,
): Pick<TranscriptionRow, 'media_id' | 'link_platform' | 'link_id' | 'link_url' | 'title' | 'duration_ms'> {
  if (source.kind === 'media') {
    const { id, filename, duration_ms } = source.media
    return { media_id: id, link_platform: null, link_id: null, link_url: null, title: filename, duration_ms }
  }
  const nothing = { media_id: null, link_platform: null, link_id: null, title: null, duration_ms: null }
  if (source.kind === 'url') return { ...nothing, link_url: source.url }
  const { platform, id, canonicalUrl } = source.link
  return { ...nothing, link_platform: platform, link_id: id, link_url: canonicalUrl }
}
