import type { FastifyRequest } from 'fastify'
import type { EventStreams } from '../../sse.ts'

export interface NativeOptions {
  /** Sets `request.ctx`, or throws a DomainError. */
  authenticate(request: FastifyRequest): Promise<void>
  streams: EventStreams
  /** Noted with each transcription: which door it came in through. */
  surface: string
}
