import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../../../domain/errors.ts'
import type { Task } from '../../../../domain/tables.ts'
import { createTranscription } from '../../../../domain/transcriptions/create.ts'
import { waitForEnd } from '../../../../domain/transcriptions/watch.ts'
import type { Wishes } from '../../../../domain/transcriptions/wishes.ts'
import { requireAble } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { beginFile } from '../../../hear.ts'
import { madeBy } from '../../../made-by.ts'
import { createClaim, joinWork, requireKey, settled } from '../../../plugins/idempotency.ts'
import { hasArrived, roomToArrive } from '../../../plugins/queue-room.ts'
import { claimOrDrop } from '../../../receive-media.ts'
import type { EventStreams } from '../../../sse.ts'
import { type AudioFields, speakersAskedBy, wishesIn } from '../fields.ts'
import { readAudioForm } from '../form.ts'
import { stream } from '../stream.ts'
import { isFurtherTry, joinEarlierTry } from '../tries.ts'

/**
 * `POST /v1/audio/transcriptions`: the file becomes text; `POST /v1/audio/translations`: English text. Both
 * block until it is there, or until the request's time is up: the work then goes on, and under the same key,
 * or as an SDK's next try, the request finds it again. A stream brings the text as it becomes known.
 */
export function audio(app: FastifyInstance, deps: HttpDeps, streams: EventStreams): void {
  for (const [path, task] of [
    ['/audio/transcriptions', 'transcribe'],
    ['/audio/translations', 'translate'],
  ] as const) {
    const claim = createClaim(deps)
    app.post(path, { preHandler: [requireKey, roomToArrive(deps, isFurtherTry)] }, async (request, reply) => {
      const form = await readAudioForm(deps, request, (fields) => able(deps, fields, task))
      const { fields, file, content } = form
      // Whoever wants events joins the work, and sees all of them.
      const claimIt = fields.stream
        ? () => joinWork(deps, request, content).then(() => false)
        : () => claim(request, reply, content)
      if (await (file ? claimOrDrop(deps, request, file, claimIt) : claimIt())) return reply
      await joinEarlierTry(deps, request, content)
      const { wishes } = form
      const { id } = file
        ? await beginFile(deps, request, { surface: 'openai', file, wishes })
        : await createTranscription(
            deps,
            request.ctx,
            { surface: 'openai', url: fields.url, wishes },
            request.gone,
          ).finally(() => hasArrived(request))
      if (fields.stream) return stream(deps, streams, request, reply, { id, fields })
      const until = deps.clock.now() + deps.policy.requestTimeoutMs
      const row = await waitForEnd(deps, id, request.gone, { until })
      // An SDK's try leaves its work to be found, not its answer.
      const ended = request.ctx.once?.work ? row : settled(request, row)
      const { contentType, body } = await deps.texts.openai(ended, fields, task)
      return reply.type(contentType).headers(madeBy(row)).send(body)
    })
  }
}

/** @throws DomainError, which names the field as OpenAI’s clients know it */
async function able(deps: HttpDeps, fields: AudioFields, task: Task): Promise<Wishes> {
  try {
    return await requireAble(deps, wishesIn(fields, task))
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.details.field !== 'diarize') throw cause
    const details = { ...cause.details, field: speakersAskedBy(fields) }
    throw new DomainError(cause.code, cause.message, details, { cause })
  }
}
