import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { missingScopes, needsOf, suffices, UNNAMED } from '../../domain/keys/operations.ts'

/** Holds every operation that knows its account against the table of what its key must be allowed to. */
export function scopes(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ ctx, method, routeOptions: { url } }) => {
    if (!ctx || url === undefined) return
    const needs = needsOf(`${method} ${url}`) ?? UNNAMED
    if (needs === 'free' || suffices(ctx.scopes, needs)) return
    const missing = missingScopes(ctx.scopes, needs)
    throw new DomainError('key.scope', `This needs the scope ${missing.map((s) => `“${s}”`).join(' or ')}.`, {
      scope: missing[0],
    })
  })
}
