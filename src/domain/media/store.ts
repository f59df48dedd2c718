import type { Readable } from 'node:stream'
import type { Prober } from '../../ports/prober.ts'
import type { Ctx, Deps } from '../context.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { MediaRow } from '../tables.ts'
import { requireRoom, storageFailure } from './room.ts'

export interface StoredMedia {
  media: MediaRow
  /** False: the account had the very same bytes already, and this is that file. */
  isNew: boolean
}

/**
 * Puts a file into the account's media library: streamed to the store, looked at, then listed. What
 * cannot be transcribed is refused here, and leaves nothing behind; the same bytes are kept once.
 * @throws DomainError `media.*`
 */
export async function storeMedia(
  deps: Pick<Deps, 'db' | 'clock' | 'media' | 'policy'> & { probe: Prober },
  ctx: Ctx,
  input: { filename: string; body: Readable /** Whose promised room this takes. */; uploadId?: string },
  signal?: AbortSignal,
): Promise<StoredMedia> {
  requireScope(ctx, 'media')
  const id = newId('media')
  const storageKey = `media/${ctx.accountId}/${id}`
  await requireRoom(deps, ctx, 1, input.uploadId)
  const { bytes, sha256 } = await deps.media.put(storageKey, input.body, signal).catch((cause: unknown) => {
    throw storageFailure(cause)
  })
  try {
    const earlier = await sameBytes(deps, ctx.accountId, sha256, bytes)
    if (earlier) {
      await deps.media.remove(storageKey)
      return { media: earlier, isNew: false }
    }
    await requireRoom(deps, ctx, bytes, input.uploadId)
    const local = await deps.media.local(storageKey)
    const probed = await deps.probe(local.path, signal).finally(() => local.release())
    const media: MediaRow = {
      id,
      account_id: ctx.accountId,
      storage_key: storageKey,
      filename: cleanFilename(input.filename),
      content_type: probed.contentType,
      bytes,
      sha256,
      duration_ms: Math.round(probed.durationSeconds * 1000),
      has_video: probed.hasVideo ? 1 : 0,
      created_at: deps.clock.now(),
    }
    await deps.db.insertInto('media').values(media).execute()
    return { media, isNew: true }
  } catch (error) {
    await deps.media.remove(storageKey)
    throw error
  }
}

const sameBytes = (
  { db }: Pick<Deps, 'db'>,
  accountId: string,
  sha256: string,
  bytes: number,
): Promise<MediaRow | undefined> =>
  db
    .selectFrom('media')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('sha256', '=', sha256)
    .where('bytes', '=', bytes)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()

/** A name for people: no path, no control characters, at most 200 characters. */
export function cleanFilename(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200)
  return clean || 'upload'
}
