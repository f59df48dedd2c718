import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { StoredMedia } from '../../../domain/media/store.ts'
import { createTranscription } from '../../../domain/transcriptions/create.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import { requireAble } from '../../able.ts'
import type { HttpDeps } from '../../context.ts'
import { beginFile, heard } from '../../hear.ts'
import { madeBy } from '../../made-by.ts'
import { createClaim, requireKey } from '../../plugins/idempotency.ts'
import { roomToArrive } from '../../plugins/queue-room.ts'
import { asWav } from '../../raw-sound.ts'
import { identityOf, libraryTaker } from '../../receive-media.ts'
import { present } from './present.ts'
import { type ListenQuery, rawSound, readListenQuery, wishesIn } from './query.ts'

/** What is heard: sent, or named by its address. */
interface Source {
  content: unknown
  file?: StoredMedia
  begin(): Promise<{ id: string }>
}

/** `POST /v1/listen`: the recording as the body, or `{"url"}`; the answer comes when the text is there. */
export function listenRoute(app: FastifyInstance, deps: HttpDeps): void {
  const claim = createClaim(deps)
  const room = roomToArrive(deps)
  const roomForFile = async (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
    isJson(request) ? undefined : room(request, reply)
  app.post('/listen', { preHandler: [requireKey, roomForFile] }, async (request, reply) => {
    const query = readListenQuery(request.query)
    const isKnown = (model: string): boolean => Object.hasOwn(deps.policy.modelNames, model)
    const wishes = await requireAble(deps, wishesIn(query, isKnown))
    const source = isJson(request)
      ? named(deps, request, wishes)
      : await sent(deps, request, { wishes, query })
    const until = deps.clock.now() + deps.policy.requestTimeoutMs
    const row = await heard(deps, request, reply, { claim, ...source, until })
    if (!row) return reply
    return reply.headers(madeBy(row)).send(await present(deps, row, query))
  })
}

const isJson = ({ headers }: FastifyRequest): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith('application/json')

/** Where it is fetched, or which post it is, as everywhere. @throws DomainError `request.invalid` */
function named(deps: HttpDeps, request: FastifyRequest, wishes: Wishes): Source {
  const url = (request.body as { url?: unknown } | null | undefined)?.url
  if (typeof url !== 'string' || url === '')
    throw new DomainError(
      'request.invalid',
      'Send a JSON body like {"url": "https://…"}, or the recording.',
      {
        field: 'body',
        reason: 'required',
      },
    )
  return {
    content: { wishes, url },
    begin: () => createTranscription(deps, request.ctx, { surface: 'listen', url, wishes }, request.gone),
  }
}

/** @throws DomainError `media.*`, `storage.full` */
async function sent(
  deps: HttpDeps,
  request: FastifyRequest,
  { wishes, query }: { wishes: Wishes; query: ListenQuery },
): Promise<Source> {
  const raw = rawSound(query)
  const bytes = atMost(request, deps.policy.maxUploadBytes)
  const file = await libraryTaker(deps, request).take({
    filename: 'recording',
    body: raw ? asWav(bytes, raw) : bytes,
  })
  return {
    content: { wishes, file: identityOf(file) },
    file,
    begin: () => beginFile(deps, request, { surface: 'listen', file: { media: file.media }, wishes }),
  }
}

/** @throws DomainError `media.too_large`, also in the middle of it */
function atMost({ raw }: FastifyRequest, most: number): Readable {
  if (Number(raw.headers['content-length'] ?? 0) > most) throw tooLarge(most)
  async function* counted(): AsyncGenerator<Buffer> {
    let bytes = 0
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most) throw tooLarge(most)
      yield chunk
    }
  }
  return Readable.from(counted(), { objectMode: false })
}

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('media.too_large', `This server takes files of at most ${maxBytes} bytes.`, { maxBytes })
