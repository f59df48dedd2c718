import type { FastifyInstance } from 'fastify'
import type { EndEvent, ProgressEvent, SegmentEvent } from '../../../../contract/native.ts'
import { DomainError } from '../../../../domain/errors.ts'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { readStored } from '../../../../domain/transcriptions/transcript.ts'
import type { HttpDeps } from '../../../context.ts'
import { type LiveEvent, live } from '../../../live.ts'
import type { EventStream } from '../../../sse.ts'
import { segmentReply } from '../../../transcript-reply.ts'
import type { NativeOptions } from '../options.ts'
import { summary } from '../present.ts'

/** The id of the last event: who has it has everything. */
const END = 'end'

/**
 * `GET /v1/transcriptions/{id}/events`: progress, segments as they become final, the end. The ids say how
 * many segments were sent, so any process can go on where another stopped.
 */
export function events(app: FastifyInstance, deps: HttpDeps, { streams }: NativeOptions): void {
  app.get<{ Params: { id: string } }>('/transcriptions/:id/events', async (request, reply) => {
    const { id } = await getTranscription(deps, request.ctx.accountId, request.params.id)
    const lastId = request.headers['last-event-id']
    // A browser reconnects for ever unless it is told that there is nothing more.
    if (lastId === END) return reply.code(204).send()
    const stream = streams.open(reply, request.gone)
    try {
      for await (const event of live(deps, id, request.gone, segmentsIn(lastId)))
        await send(deps, stream, event)
    } catch (cause) {
      if (!(cause instanceof DomainError && cause.code === 'server.stopping'))
        request.log.error({ err: cause }, 'an event stream broke')
      // The client reconnects with the last id, and misses nothing.
    } finally {
      stream.end()
    }
    return reply
  })
}

const segmentsIn = (lastId: unknown): number => Number(/^(\d{1,7})-/.exec(String(lastId))?.[1] ?? 0)

async function send(deps: HttpDeps, stream: EventStream, event: LiveEvent): Promise<void> {
  switch (event.kind) {
    case 'progress':
      return stream.send(
        'progress',
        event.status satisfies ProgressEvent,
        `${event.segments}-${event.status.pct}`,
      )
    case 'segment': {
      const data: SegmentEvent = { index: event.index, ...segmentReply(event.segment) }
      return stream.send('segment', data, `${event.index + 1}-`)
    }
    case 'end': {
      const read = await readStored(deps.db, event.row)
      const data: EndEvent = summary({ ...event.row, version: read?.version ?? 0 })
      return stream.send('end', data, END)
    }
  }
}
