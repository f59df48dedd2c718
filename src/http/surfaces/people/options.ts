import type { FastifyRequest } from 'fastify'
import type { Visit } from '../../../domain/sessions/read.ts'

export interface PeopleOptions {
  /** Who asks. @throws DomainError `session.missing` */
  visit(request: FastifyRequest): Visit
}
