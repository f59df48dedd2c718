import type { Readable } from 'node:stream'
import type { Prober } from '../../ports/prober.ts'
import type { Ctx, Deps } from '../context.ts'
import { recordMade } from '../idempotency/claim.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { storable } from '../storable.ts'
import type { MediaRow } from '../tables.ts'
import { requireRoom, storageFailure, takeRoom } from './room.ts'
import { adoptStray, noteStray, removeStray } from './strays.ts'

export interface StoredMedia {
  media: MediaRow
  /** What it was called this time, fit for people: the same bytes may have come under another name before. */
  filename: string
  /** False: the account had the very same bytes already, and this is that file. */
  isNew: boolean
}

type StoreDeps = Pick<Deps, 'db' | 'clock' | 'media' | 'policy'> & { probe: Prober }

export interface ToStore {
  filename: string
  body: Readable
  /** Whose promised room this takes. */
  uploadId?: string
  /** Where the library has the same bytes already, they are called this from now on. */
  renames?: boolean | undefined
}

/**
 * Puts a file into the account's media library: streamed to the store, looked at, then listed. What
 * cannot be transcribed is refused here, and leaves nothing behind; the same bytes are kept once.
 * @throws DomainError `media.*`, `storage.full`; StorageAway
 */
export async function storeMedia(
  deps: StoreDeps,
  ctx: Ctx,
  { body, ...input }: ToStore,
  signal?: AbortSignal,
): Promise<StoredMedia> {
  requireScope(ctx, 'media')
  await requireRoom(deps, ctx, 1, input.uploadId)
  const id = newId('media')
  const named = { ...input, filename: cleanFilename(input.filename) }
  const storageKey = `media/${ctx.accountId}/${id}`
  await noteStray(deps.db, storageKey, deps.clock.now())
  try {
    const { bytes, sha256 } = await deps.media.put(storageKey, body, signal)
    const same = { account_id: ctx.accountId, sha256, bytes }
    const earlier = await keepAnew(deps, same, named)
    const media =
      earlier ??
      (await list(deps, ctx, { ...same, ...(await look(deps, storageKey, signal)), id }, storageKey, named))
    if (media.id !== id) await removeStray(deps, storageKey)
    return { media, filename: named.filename, isNew: media.id === id }
  } catch (cause) {
    // Where that fails too, the sweep does it.
    await removeStray(deps, storageKey).catch(() => {})
    throw storageFailure(cause)
  }
}

async function look(deps: StoreDeps, storageKey: string, signal: AbortSignal | undefined) {
  const local = await deps.media.local(storageKey, signal)
  const { contentType, durationSeconds, hasVideo } = await deps
    .probe(local.path, signal)
    .finally(() => local.release())
  return {
    content_type: contentType,
    duration_ms: Math.round(durationSeconds * 1000),
    has_video: hasVideo ? 1 : 0,
  }
}

type Same = Pick<MediaRow, 'account_id' | 'sha256' | 'bytes'>
type Named = Omit<ToStore, 'body'>

/** The file with these bytes, if there is one; its time begins again. */
const keepAnew = (
  { db, clock }: StoreDeps,
  same: Same,
  { filename, renames }: Named,
): Promise<MediaRow | undefined> =>
  db
    .updateTable('media')
    .set({ kept_since: clock.now(), ...(renames && { filename }) })
    .where('account_id', '=', same.account_id)
    .where('sha256', '=', same.sha256)
    .where('bytes', '=', same.bytes)
    .returningAll()
    .executeTakeFirst()

/** The new file, or the one with the same bytes that was listed a moment before. */
async function list(
  deps: StoreDeps,
  ctx: Ctx,
  seen: Same & Pick<MediaRow, 'id' | 'content_type' | 'duration_ms' | 'has_video'>,
  storageKey: string,
  named: Named,
): Promise<MediaRow> {
  const now = deps.clock.now()
  const media: MediaRow = {
    ...seen,
    storage_key: storageKey,
    filename: named.filename,
    created_at: now,
    kept_since: now,
  }
  const isNew = await deps.db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('media')
      .values(media)
      .onConflict((c) => c.columns(['account_id', 'sha256', 'bytes']).doNothing())
      .executeTakeFirst()
    const inserted = numInsertedOrUpdatedRows === 1n
    if (inserted) {
      // The file itself counts by now.
      await takeRoom(tx, deps, { accountId: seen.account_id }, 0, named.uploadId)
      await adoptStray(tx, storageKey)
      await recordMade(tx, ctx, media.id)
    }
    return inserted
  })
  return (isNew ? media : await keepAnew(deps, seen, named)) ?? list(deps, ctx, seen, storageKey, named)
}

/** A name for people: no path, no control characters, at most 200 characters. */
export function cleanFilename(name: string): string {
  const base = storable(name).split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200)
  return clean || 'upload'
}
