/** FastAPI's shape of errors: `{"detail": …}`, a list where a field is at fault. */
import type { DomainError, ErrorCode } from '../../../domain/errors.ts'
import { toolStatus } from '../../tool-status.ts'

export const statusOf = (code: ErrorCode): number => (code === 'request.invalid' ? 422 : toolStatus(code))

export function body({ code, message, details }: DomainError): { detail: unknown } {
  if (code !== 'request.invalid') return { detail: message }
  const { field, reason } = details
  const place = field === 'audio_file' || field === 'body' ? 'body' : 'query'
  return { detail: [{ type: reason ?? 'invalid', loc: [place, field], msg: message }] }
}
