import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { transcribeBody } from '../../../../contract/soscripted.ts'
import { DomainError } from '../../../../domain/errors.ts'
import type { TranscriptionRow } from '../../../../domain/tables.ts'
import { acceptLink } from '../../../../domain/transcriptions/accept-link.ts'
import { waitForEnd, watch } from '../../../../domain/transcriptions/watch.ts'
import { prefersEvents } from '../../../accept.ts'
import type { HttpDeps } from '../../../context.ts'
import { toDomainError } from '../../../errors.ts'
import { madeBy } from '../../../made-by.ts'
import { parse } from '../../../parse.ts'
import { createClaim, joinWork, settled } from '../../../plugins/idempotency.ts'
import type { EventStreams } from '../../../sse.ts'
import { body } from '../errors.ts'
import { transcribed } from '../present.ts'

/** `POST /api/public/transcribe`: blocks until the transcript is there, or streams the way to it. */
export function transcribe(app: FastifyInstance, deps: HttpDeps, streams: EventStreams): void {
  const claim = createClaim(deps)
  app.post('/transcribe', async (request, reply) => {
    const events = prefersEvents(request.headers.accept)
    // Whoever wants events joins the work, and sees the rest of them.
    if (events) await joinWork(deps, request, request.body)
    else if (await claim(request, reply, request.body)) return reply
    const { url, ...wishes } = readBody(request.body)
    const row = await acceptLink(deps, request.ctx, {
      url,
      wishes,
      surface: 'soscripted',
      price: deps.policy.prices.soscripted,
      signal: request.gone,
      deadlineAt: deps.clock.now() + deps.policy.requestTimeoutMs,
    })
    if (events) return stream(deps, streams, request, reply, row)
    const ended = settled(request, await waitForEnd(deps, row.id, request.gone))
    reply.headers(madeBy(ended))
    return transcribed(ended)
  })
}

/** @throws DomainError `request.invalid`: before anything is held */
function readBody(body: unknown): z.output<typeof transcribeBody> {
  const url = (body as { url?: unknown } | null | undefined)?.url
  if (typeof url !== 'string' || url.trim() === '')
    throw new DomainError('request.invalid', 'Missing URL. Send a JSON body like {"url": "https://…"}.', {
      field: 'url',
      reason: 'required',
    })
  return parse(transcribeBody, body)
}

async function stream(
  deps: HttpDeps,
  streams: EventStreams,
  request: FastifyRequest,
  reply: FastifyReply,
  { id }: TranscriptionRow,
): Promise<void> {
  const events = streams.open(reply, request.gone)
  try {
    let last = ''
    for await (const { stage, pct } of watch(deps, id, request.gone)) {
      if (!stage || last === `${stage} ${pct}`) continue
      last = `${stage} ${pct}`
      await events.send('progress', { stage, pct })
    }
    const row = await waitForEnd(deps, id, request.gone)
    await events.send('final', transcribed(row))
    await events.send('done', { ok: true })
  } catch (cause) {
    const error = toDomainError(cause, request)
    await events.send('error', body(error))
    await events.send('done', { ok: false })
  } finally {
    events.end()
  }
}
