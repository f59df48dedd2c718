import { type Downloader, DownloaderError, type DownloaderUpdate } from '../../ports/downloader.ts'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'

/** Renews it on this machine, and has the workers renew theirs. @throws DomainError `downloader.not_updated` */
export async function updateDownloader({
  downloader,
  signals,
}: Pick<Deps, 'signals'> & { downloader: Downloader }): Promise<DownloaderUpdate> {
  // Begun before it is announced: a worker in this process then takes part in it.
  const updated = downloader.update()
  signals.publish('downloader.update', 'newest')
  try {
    return await updated
  } catch (cause) {
    if (!(cause instanceof DownloaderError)) throw cause
    throw new DomainError('downloader.not_updated', cause.message, {}, { cause })
  }
}
