/** OpenAI's shape of errors: `{"error": {message, type, param, code}}`. */
import { type DomainError, ERRORS, type ErrorCode } from '../../../domain/errors.ts'
import { POST_IS_AT_FAULT } from '../../post-at-fault.ts'

interface Rendered {
  status: number
  type: string
  /** What OpenAI calls it; else Earshot's own code is shown. */
  code?: string
}

const UNAVAILABLE: Rendered = { status: 503, type: 'server_error' }

const EXACT: Partial<Record<ErrorCode, Rendered>> = {
  'key.scope': { status: 403, type: 'invalid_request_error', code: 'insufficient_permissions' },
  'credits.insufficient': { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' },
  'resource.not_found': { status: 404, type: 'invalid_request_error', code: 'not_found' },
  'model.unknown': { status: 404, type: 'invalid_request_error', code: 'model_not_found' },
  'media.too_large': { status: 413, type: 'invalid_request_error' },
  'request.too_large': { status: 413, type: 'invalid_request_error' },
  'request.method': { status: 405, type: 'invalid_request_error' },
  'idempotency.conflict': { status: 409, type: 'invalid_request_error' },
  'account.limit': { status: 409, type: 'invalid_request_error' },
  'storage.full': { status: 507, type: 'server_error' },
  'transcription.timeout': { status: 504, type: 'server_error' },
  'transcription.under_way': { status: 504, type: 'server_error' },
  'engine.unavailable': UNAVAILABLE,
  'rate.limited': { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  'queue.share': { status: 429, type: 'requests', code: 'rate_limit_exceeded' },
  'queue.full': UNAVAILABLE,
  'server.stopping': UNAVAILABLE,
  'database.unavailable': UNAVAILABLE,
  'storage.unavailable': UNAVAILABLE,
}

export function rendered(code: ErrorCode): Rendered {
  const exact = EXACT[code]
  if (exact) return exact
  const family = code.split('.')[0]
  if (family === 'key') return { status: 401, type: 'invalid_request_error', code: 'invalid_api_key' }
  if (family === 'subscription') return { status: 403, type: 'invalid_request_error' }
  if (family === 'request' || family === 'media' || family === 'model' || family === 'link')
    return { status: 400, type: 'invalid_request_error' }
  if (POST_IS_AT_FAULT.has(code)) return { status: 400, type: 'invalid_request_error' }
  return { status: 500, type: 'server_error' }
}

export interface OpenAiError {
  error: {
    message: string
    type: string
    param: string | null
    code: string
    /** Ours: what goes on, and can be asked for at `/v1/transcriptions/{id}`. */
    transcription_id?: string
  }
}

/** Where repeating the request by itself, as OpenAI's clients do after 409, 429 and 5xx, is of no use. */
export const isFinal = (code: ErrorCode): boolean => ERRORS[code].retry === 'no'

/** What OpenAI calls our fields. */
const OURS: Record<string, string> = {
  vad: 'chunking_strategy',
  // Whether to translate is the address; what does not go with it is the model.
  task: 'model',
}

export function body(error: DomainError): OpenAiError {
  const { type, code } = rendered(error.code)
  const { field, transcriptionId } = error.details
  return {
    error: {
      message: error.message,
      type,
      param: typeof field === 'string' ? (OURS[field] ?? field) : null,
      code: code ?? error.code,
      ...(typeof transcriptionId === 'string' && { transcription_id: transcriptionId }),
    },
  }
}
