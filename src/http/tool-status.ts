import type { ErrorCode } from '../domain/errors.ts'

const EXACT: Partial<Record<ErrorCode, number>> = {
  'key.scope': 403,
  'credits.insufficient': 402,
  'resource.not_found': 404,
  'request.method': 405,
  'request.too_large': 413,
  'media.too_large': 413,
  'media.missing': 404,
  'idempotency.conflict': 409,
  'account.limit': 409,
  'rate.limited': 429,
  'queue.share': 429,
  'queue.full': 503,
  'server.stopping': 503,
  'engine.unavailable': 503,
  'database.unavailable': 503,
  'storage.unavailable': 503,
  'storage.full': 507,
  'transcription.timeout': 504,
  'transcription.under_way': 504,
}

/** What an error is in HTTP, for the APIs of tools that document little of that themselves. */
export function toolStatus(code: ErrorCode): number {
  const exact = EXACT[code]
  if (exact) return exact
  const family = code.split('.')[0]
  if (family === 'key') return 401
  if (family === 'subscription') return 403
  if (family === 'request' || family === 'media' || family === 'model' || family === 'link') return 400
  if (family === 'fetch') return 422
  return 500
}
