/**
 * The SDKs made with Stainless (OpenAI's, Groq's…) send a request again by themselves, after their own time-out or
 * an error, without an `Idempotency-Key`, but with a count of their tries. A further try of the same request joins
 * the work that an earlier one began, so that one call costs once; a first try always begins its own.
 */
import type { FastifyRequest } from 'fastify'
import { derivedKey } from '../../../domain/idempotency/find.ts'
import { fingerprint } from '../../../domain/idempotency/rules.ts'
import { forgetFailedWork } from '../../../domain/idempotency/work.ts'
import type { HttpDeps } from '../../context.ts'
import { keyScope } from '../../plugins/idempotency.ts'

/** The SDKs' default time-out is ten minutes, and they try three times. */
const KEEP_MS = 45 * 60_000

/** How many tries there were before, where the request says so. */
function countOf({ headers }: FastifyRequest): number | undefined {
  const count = headers['x-stainless-retry-count']
  return typeof count === 'string' && /^\d{1,3}$/.test(count) ? Number(count) : undefined
}

export const isFurtherTry = (request: FastifyRequest): boolean => (countOf(request) ?? 0) > 0

/** @param content what was asked for */
export async function joinEarlierTry(
  deps: HttpDeps,
  request: FastifyRequest,
  content: unknown,
): Promise<void> {
  const count = countOf(request)
  if (request.ctx.once || count === undefined) return
  const print = fingerprint(content)
  const once = {
    ...keyScope(request),
    key: derivedKey(print),
    fingerprint: print,
    keepMs: KEEP_MS,
  }
  const anew = count === 0
  if (!anew) await forgetFailedWork(deps.db, once)
  request.ctx = { ...request.ctx, once: { ...once, work: anew ? 'begin' : 'join' } }
}
