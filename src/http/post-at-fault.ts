import type { ErrorCode } from '../domain/errors.ts'

/** Failures of a link that are due to the post, and to nothing that this server or the platform could do better. */
export const POST_IS_AT_FAULT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'fetch.private',
  'fetch.gone',
  'fetch.login_required',
  'fetch.age_restricted',
  'fetch.geo_blocked',
  'fetch.live',
  'fetch.upcoming',
  'fetch.no_video',
  'fetch.no_audio',
  'fetch.too_long',
  'fetch.too_large',
  'fetch.unsupported_link',
  'fetch.captions_missing',
  'media.no_audio',
  'media.too_long',
  'media.too_large',
])
