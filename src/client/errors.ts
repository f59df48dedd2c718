import type { TranscriptionReply } from '../contract/native.ts'
import type { ErrorCode } from '../domain/errors.ts'

/** The codes of docs/errors.md, and whatever a newer server has. */
export type Code = ErrorCode | (string & {})

/** Everything that the client throws by itself is one of these. */
export class EarshotError extends Error {
  override readonly name: string = 'EarshotError'
}

/** The server refused a request, or failed with it. */
export class ApiError extends EarshotError {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: Code
  readonly requestId: string | undefined
  readonly details: Record<string, unknown>
  /** How long the server asks to wait before the next try. */
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, message: string, facts: ApiFacts) {
    super(message)
    this.status = status
    this.code = facts.code
    this.requestId = facts.requestId
    this.details = facts.details
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}

type ApiFacts = Pick<ApiError, 'code' | 'details'> &
  Partial<Pick<ApiError, 'requestId' | 'retryAfterSeconds'>>

/** No answer came, or it broke off. */
export class ConnectionError extends EarshotError {
  override readonly name = 'ConnectionError'
}

/** A transcription ended without a text: `transcription.error` says why. */
export class TranscriptionError extends EarshotError {
  override readonly name = 'TranscriptionError'
  readonly code: Code
  readonly transcription: TranscriptionReply

  constructor(transcription: TranscriptionReply) {
    const { error, state } = transcription
    super(error?.message ?? `The transcription was ${state}.`)
    this.code = error?.code ?? `transcription.${state}`
    this.transcription = transcription
  }
}

/** What came to a webhook was not signed by whoever has the secret, or is too old. */
export class WebhookError extends EarshotError {
  override readonly name = 'WebhookError'
}

/** @returns the server's error in its own words; of whatever else answered (a proxy, perhaps) at least the status */
export async function apiError(response: Response): Promise<ApiError> {
  const { status, headers } = response
  const text = await response.text().catch(() => '')
  const { message, details } = parsed(text)
  const asked = Number(headers.get('retry-after') ?? details.retryAfter ?? Number.NaN)
  return new ApiError(status, message ?? `The server answered with the status ${status}.`, {
    code: String(details.reasonCode ?? `http.${status}`),
    requestId: headers.get('x-request-id') ?? undefined,
    details,
    retryAfterSeconds: Number.isFinite(asked) ? asked : undefined,
  })
}

function parsed(text: string): { message?: string | undefined; details: Record<string, unknown> } {
  try {
    const { error } = JSON.parse(text) as {
      error?: { message?: string; details?: Record<string, unknown> }
    }
    return { message: error?.message, details: error?.details ?? {} }
  } catch {
    return { details: {} }
  }
}
