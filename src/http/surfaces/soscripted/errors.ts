import type { DomainError, ErrorCode } from '../../../domain/errors.ts'
import { POST_IS_AT_FAULT } from '../../post-at-fault.ts'

/** The statuses that SoScripted documents: 400, 401, 402, 500, 504 (and, beyond them, those that HTTP has a status for). */
export function statusOf(code: ErrorCode): number {
  if (code === 'credits.insufficient') return 402
  if (code === 'transcription.timeout') return 504
  if (code === 'resource.not_found') return 404
  if (code === 'request.method') return 405
  if (code === 'request.too_large') return 413
  if (code === 'idempotency.conflict' || code === 'account.limit') return 409
  if (code === 'key.scope' || code.startsWith('subscription.')) return 403
  if (code === 'queue.share' || code === 'rate.limited') return 429
  if (UNAVAILABLE.has(code)) return 503
  if (code === 'storage.full') return 507
  const family = code.split('.')[0]
  if (family === 'key') return 401
  if (family === 'request' || family === 'link') return 400
  // The post itself is at fault, and the same request will not do better: not a failure of ours.
  if (POST_IS_AT_FAULT.has(code)) return 400
  return 500
}

const UNAVAILABLE = new Set<ErrorCode>([
  'queue.full',
  'server.stopping',
  'database.unavailable',
  'storage.unavailable',
])

export const body = (error: DomainError): { error: string } => ({ error: error.message })
