import { MEDIA } from './errors/media.ts'
import { REQUESTS } from './errors/requests.ts'
import { WORK } from './errors/work.ts'

/**
 * Every error that Earshot tells a client about. The code is stable; each surface decides on the status
 * and the shape (`src/http/surfaces/*`/errors.ts), and docs/errors.md is made from this table.
 */
export const ERRORS = { ...REQUESTS, ...MEDIA, ...WORK } as const

export type ErrorCode = keyof typeof ERRORS

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  constructor(
    code: ErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code)
