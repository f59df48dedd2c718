/** Where no route is: each API is answered in its own shape there too. */
import type { DomainError } from '../domain/errors.ts'
import { body as openAiBody, rendered as openAiRendered } from './surfaces/openai/errors.ts'
import { body as soscriptedBody, statusOf } from './surfaces/soscripted/errors.ts'
import { envelope, rendered } from './v1/errors.ts'

const OPENAI = /^\/(openai\/v1|v1\/(audio|models))(?=[/?]|$)/
const SOSCRIPTED = /^\/api\/public(?=[/?]|$)/

/** @param url of the request, as it came */
export function besideRoutes(
  error: DomainError,
  { url, id }: { url: string; id: string },
  now: number,
): { status: number; body: object } {
  if (OPENAI.test(url)) return { status: openAiRendered(error.code).status, body: openAiBody(error) }
  if (SOSCRIPTED.test(url)) return { status: statusOf(error.code), body: soscriptedBody(error) }
  const how = rendered(error.code)
  return { status: how.status, body: envelope(error, how, id, now) }
}
