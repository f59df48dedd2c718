import type { Prober } from '../../ports/prober.ts'
import { type RemoteMedia, RemoteMediaError } from '../../ports/remote-media.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { mediaFailure } from '../transcriptions/failures.ts'
import { type StoredMedia, storeMedia, type ToStore } from './store.ts'

/**
 * Fetches a file into the account's media library.
 * @throws DomainError `media.*`
 */
export async function importMedia(
  deps: Pick<Deps, 'db' | 'clock' | 'media' | 'policy'> & { probe: Prober; remote: RemoteMedia },
  ctx: Ctx,
  { url, renames }: { url: string } & Pick<ToStore, 'renames'>,
  signal: AbortSignal,
): Promise<StoredMedia> {
  try {
    const { filename, body } = await deps.remote.open(url, { maxBytes: deps.policy.maxUploadBytes }, signal)
    return await storeMedia(deps, ctx, { filename, body, renames }, signal)
  } catch (cause) {
    if (!(cause instanceof RemoteMediaError)) throw mediaFailure(cause)
    throw new DomainError(
      cause.tooLarge ? 'media.too_large' : 'media.download_failed',
      cause.message,
      { field: 'url' },
      { cause },
    )
  }
}
