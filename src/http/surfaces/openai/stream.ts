/** `stream: true`: the text as it becomes known, as OpenAI's events. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import { needsSpace } from '../../../domain/transcripts/join-text.ts'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { live } from '../../live.ts'
import type { EventStreams } from '../../sse.ts'
import { body } from './errors.ts'
import type { AudioFields } from './fields.ts'
import { languagesOf, logprobs, spoken, standIn, usage } from './present.ts'

export async function stream(
  deps: HttpDeps,
  streams: EventStreams,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, fields }: { id: string; fields: AudioFields },
): Promise<void> {
  const events = streams.open(reply, request.gone)
  try {
    for await (const event of eventsOf(deps, id, request.gone, fields)) await events.send(null, event)
  } catch (cause) {
    // OpenAI's clients throw what they find as `error`.
    await events.send(null, body(toDomainError(cause, request)))
  } finally {
    events.end()
  }
}

/** @throws DomainError with the code that it failed with, or `server.stopping` */
async function* eventsOf(
  deps: HttpDeps,
  id: string,
  gone: AbortSignal,
  fields: AudioFields,
): AsyncGenerator<object> {
  let said = ''
  for await (const event of live(deps, id, gone)) {
    if (event.kind === 'segment') {
      const { segment } = event
      const delta = (needsSpace(said.slice(-8), segment.text) ? ' ' : '') + segment.text
      said += delta
      const sure = fields.include && { logprobs: logprobs([segment]) }
      yield { type: 'transcript.text.delta', delta, ...sure }
    }
    if (event.kind !== 'end') continue
    const { text, segments, language } = transcriptOf(event.row)
    if (fields.response_format === 'diarized_json') yield* segments.map(spoken)
    yield {
      type: 'transcript.text.done',
      text,
      ...languagesOf(language, fields),
      ...(fields.include && { logprobs: logprobs(segments) }),
      usage: usage(event.row),
      ...standIn(event.row),
    }
  }
}
