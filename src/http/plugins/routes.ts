import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'

interface Route {
  method: string
  segments: string[]
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What is answered where no route is: 404, or 405 where the address has other methods. */
    missing(request: FastifyRequest): DomainError
  }
}

/** Remembers every route, before they are registered. */
export function knownRoutes(app: FastifyInstance): void {
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, segments: url.split('/') })
  })
  app.decorate('missing', (request: FastifyRequest): DomainError => {
    const path = request.url.split('?')[0] ?? ''
    const segments = path.split('/')
    const methods = new Set(routes.filter((route) => leadsTo(route, segments)).map(({ method }) => method))
    if (methods.size === 0)
      return new DomainError('resource.not_found', `There is no ${request.method} ${path} here.`)
    const allow = [...methods].sort().join(', ')
    request.announce({ allow })
    return new DomainError(
      'request.method',
      `${path} takes ${allow.replace(/, (?=\w+$)/, ' and ')}, not ${request.method}.`,
      { allow },
    )
  })
}

const leadsTo = ({ segments }: Route, asked: readonly string[]): boolean =>
  segments.length === asked.length &&
  segments.every((segment, k) => (segment.startsWith(':') ? asked[k] !== '' : segment === asked[k]))
