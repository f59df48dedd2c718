/** Deepgram's shape of errors: `{err_code, err_msg, request_id}`. */
import type { DomainError, ErrorCode } from '../../../domain/errors.ts'
import { toolStatus } from '../../tool-status.ts'

const CODES: Partial<Record<ErrorCode, string>> = {
  'key.scope': 'INSUFFICIENT_PERMISSIONS',
  'credits.insufficient': 'ASR_PAYMENT_REQUIRED',
  'rate.limited': 'TOO_MANY_REQUESTS',
  'queue.share': 'TOO_MANY_REQUESTS',
  'queue.full': 'SERVICE_UNAVAILABLE',
  'media.download_failed': 'REMOTE_CONTENT_ERROR',
  'media.too_large': 'PAYLOAD_TOO_LARGE',
  'request.too_large': 'PAYLOAD_TOO_LARGE',
  'resource.not_found': 'NOT_FOUND',
  'idempotency.conflict': 'CONFLICT',
  'account.limit': 'CONFLICT',
  'transcription.under_way': 'GATEWAY_TIMEOUT',
  'transcription.timeout': 'GATEWAY_TIMEOUT',
}

const BY_STATUS: Record<number, string> = {
  400: 'Bad Request',
  401: 'INVALID_AUTH',
  403: 'INSUFFICIENT_PERMISSIONS',
  405: 'METHOD_NOT_ALLOWED',
  422: 'REMOTE_CONTENT_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

export function rendered(code: ErrorCode): { status: number; errCode: string } {
  const status = toolStatus(code)
  return { status, errCode: CODES[code] ?? BY_STATUS[status] ?? 'INTERNAL_SERVER_ERROR' }
}

export const body = (
  { code, message, details }: DomainError,
  requestId: string,
): { err_code: string; err_msg: string; request_id: string; transcription_id?: string } => ({
  err_code: code === 'request.invalid' && details.field !== 'body' ? QUERY : rendered(code).errCode,
  err_msg: message,
  request_id: requestId,
  // What goes on, and can be asked for at `/v1/transcriptions/{id}`.
  ...(typeof details.transcriptionId === 'string' && { transcription_id: details.transcriptionId }),
})

const QUERY = 'INVALID_QUERY_PARAMETER'
