/** How the ports' errors read to a client. Their messages are written for clients; their causes are not. */
import { EngineError } from '../../ports/engine.ts'
import { FetchError } from '../../ports/fetcher.ts'
import { FeedError } from '../../ports/listings.ts'
import { MediaMissing } from '../../ports/media-store.ts'
import { MediaError } from '../../ports/prober.ts'
import { DomainError } from '../errors.ts'
import { LinkError } from '../links/index.ts'

export function fetchFailure(cause: unknown): unknown {
  if (cause instanceof LinkError)
    return new DomainError('link.unsupported', cause.message, { field: 'url' }, { cause })
  if (cause instanceof FeedError)
    return new DomainError('fetch.no_feed', cause.message, { field: 'url' }, { cause })
  return cause instanceof FetchError
    ? new DomainError(`fetch.${cause.code}`, cause.message, {}, { cause })
    : cause
}

export function mediaFailure(cause: unknown): unknown {
  return cause instanceof MediaError
    ? new DomainError(`media.${cause.code}`, cause.message, {}, { cause })
    : cause
}

/** Any failure of the work as a domain error; what nobody foresaw becomes `internal`. */
export function workFailure(cause: unknown): DomainError {
  const known = mediaFailure(fetchFailure(cause))
  if (known instanceof DomainError) return known
  if (cause instanceof EngineError)
    return new DomainError(`engine.${cause.code}`, cause.message, {}, { cause })
  if (cause instanceof MediaMissing)
    return new DomainError(
      'media.missing',
      'The media file is no longer stored. Upload it again.',
      {},
      { cause },
    )
  return new DomainError(
    'internal',
    'Something went wrong while transcribing. Nothing was charged.',
    {},
    { cause },
  )
}
