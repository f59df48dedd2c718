import type { FastifyReply, FastifyRequest } from 'fastify'
import { LIFE_MS } from '../../../domain/sessions/rules.ts'
import type { WebSettings } from '../../context.ts'

const NAME = 'earshot_session'

/**
 * The session's token, out of reach of scripts and of other sites. Over https its name carries `__Host-`,
 * which browsers take only from this very host.
 */
export interface SessionCookie {
  read(request: FastifyRequest): string | undefined
  set(request: FastifyRequest, reply: FastifyReply, token: string): void
  clear(request: FastifyRequest, reply: FastifyReply): void
}

export function sessionCookie({ publicUrl }: WebSettings): SessionCookie {
  const secure = (request: FastifyRequest): boolean =>
    request.protocol === 'https' || publicUrl?.startsWith('https:') === true
  const name = (request: FastifyRequest): string => (secure(request) ? `__Host-${NAME}` : NAME)
  const options = (request: FastifyRequest) =>
    ({ path: '/', httpOnly: true, sameSite: 'strict', secure: secure(request) }) as const
  return {
    read: (request) => request.cookies[name(request)],
    set: (request, reply, token) =>
      void reply.setCookie(name(request), token, { ...options(request), maxAge: LIFE_MS / 1000 }),
    clear: (request, reply) => void reply.clearCookie(name(request), options(request)),
  }
}
