/** Soku's envelope: type, code, message, timestamp, requestId, details. */
import type { DomainError, ErrorCode } from '../../domain/errors.ts'

interface Rendered {
  status: number
  /** One of the codes that Soku documents. */
  code: string
}

export function rendered(code: ErrorCode): Rendered {
  const exact = EXACT[code]
  if (exact) return exact
  const family = code.split('.')[0]!
  if (family === 'key') return { status: 401, code: 'unauthorized' }
  if (family === 'subscription') return { status: 403, code: 'forbidden' }
  if (AT_FAULT.has(family)) return VALIDATION
  if (family === 'fetch') return { status: 422, code: 'fetch_failed' }
  return { status: 500, code: 'internal_error' }
}

const VALIDATION: Rendered = { status: 400, code: 'validation_error' }

/** What the client sent cannot be used. */
const AT_FAULT: ReadonlySet<string> = new Set(['request', 'link', 'post', 'media'])

const CONFLICT: Rendered = { status: 409, code: 'conflict' }

const UNAVAILABLE: Rendered = { status: 503, code: 'service_unavailable' }

const EXACT: Partial<Record<ErrorCode, Rendered>> = {
  'key.scope': { status: 403, code: 'forbidden' },
  'credits.insufficient': { status: 402, code: 'insufficient_credits' },
  'resource.not_found': { status: 404, code: 'not_found' },
  'media.missing': { status: 404, code: 'not_found' },
  'media.too_large': { status: 413, code: 'payload_too_large' },
  'request.too_large': { status: 413, code: 'payload_too_large' },
  'request.method': { status: 405, code: 'method_not_allowed' },
  'transcription.under_way': { status: 504, code: 'timeout' },
  'model.unknown': VALIDATION,
  'model.in_use': CONFLICT,
  'model.language': VALIDATION,
  'model.no_translation': VALIDATION,
  'model.no_speakers': VALIDATION,
  'video.unavailable': VALIDATION,
  'upload.offset': CONFLICT,
  'upload.version': { status: 412, code: 'precondition_failed' },
  'upload.type': { status: 415, code: 'unsupported_media_type' },
  'upload.gone': { status: 410, code: 'gone' },
  'edit.conflict': CONFLICT,
  'subscription.exists': CONFLICT,
  'post.ended': CONFLICT,
  'part.lost': CONFLICT,
  'part.result': { status: 422, code: 'validation_error' },
  'runner.version': { status: 426, code: 'upgrade_required' },
  'transcription.no_text': CONFLICT,
  'idempotency.conflict': { status: 409, code: 'idempotency_conflict' },
  'rate.limited': { status: 429, code: 'rate_limit_exceeded' },
  'media.download_failed': { status: 400, code: 'upload_failed' },
  'storage.full': { status: 507, code: 'insufficient_storage' },
  'downloader.not_updated': { status: 502, code: 'not_updated' },
  'payment.unavailable': { status: 502, code: 'payment_unavailable' },
  'queue.share': { status: 429, code: 'rate_limit_exceeded' },
  'queue.full': UNAVAILABLE,
  'account.limit': CONFLICT,
  'session.missing': { status: 401, code: 'unauthorized' },
  'session.origin': { status: 403, code: 'forbidden' },
  'login.failed': { status: 401, code: 'unauthorized' },
  'login.throttled': { status: 429, code: 'rate_limit_exceeded' },
  'invitation.invalid': { status: 404, code: 'not_found' },
  'role.forbidden': { status: 403, code: 'forbidden' },
  'share.revoked': { status: 404, code: 'not_found' },
  'server.stopping': UNAVAILABLE,
  'database.unavailable': UNAVAILABLE,
  'storage.unavailable': UNAVAILABLE,
}

export interface Envelope {
  error: {
    type: 'invalid_request_error' | 'authentication_error' | 'api_error'
    code: string
    message: string
    timestamp: string
    requestId: string
    details: Record<string, unknown>
  }
}

export function envelope(
  error: DomainError,
  { status, code }: Rendered,
  requestId: string,
  now: number,
): Envelope {
  return {
    error: {
      type: typeOf(status),
      code,
      message: error.message,
      timestamp: new Date(now).toISOString(),
      requestId,
      details: { ...error.details, reasonCode: error.code },
    },
  }
}

function typeOf(status: number): Envelope['error']['type'] {
  if (status === 401 || status === 403) return 'authentication_error'
  return status >= 500 ? 'api_error' : 'invalid_request_error'
}
