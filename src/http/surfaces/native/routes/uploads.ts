import { Readable } from 'node:stream'
import type { MemoryLocker } from '@tus/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { UploadReply } from '../../../../contract/native.ts'
import { DomainError, type ErrorCode } from '../../../../domain/errors.ts'
import { finishUpload } from '../../../../domain/uploads/finish.ts'
import { getUpload, isComplete, requireAlive } from '../../../../domain/uploads/get.ts'
import type { UploadRow } from '../../../../domain/uploads/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { roomToWait } from '../../../plugins/queue-room.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { envelope, rendered } from '../../../v1/errors.ts'
import { iso } from '../present.ts'

const VERSION = '1.0.0'
const MEDIA_ID = 'earshot-media-id'
/** How long a request that still writes may go on once another wants to: its connection is dead, mostly. */
const HAND_OVER_MS = 200

interface ById {
  Params: { id: string }
}

/**
 * `/v1/uploads`: files that come in pieces, by tus 1.0. What answers a finished upload names the file that it
 * became, in the header `Earshot-Media-Id`.
 */
export function uploads(app: FastifyInstance, deps: HttpDeps): void {
  const path = `${app.prefix}/uploads`
  let locker: MemoryLocker | undefined
  app.addContentTypeParser('application/offset+octet-stream', (_, body, done) => done(null, body))

  async function speakTus(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.header('tus-resumable', VERSION)
    requireVersion(request, reply)
    // Our own errors; the protocol's become a response, which `refuse` puts into our shape.
    // Before the library locks an upload by its id alone: a stranger's request would break off the owner's.
    const { id } = request.params as { id?: string }
    if (id !== undefined) await getUpload(deps, request.ctx, id)
    let failure: unknown
    // The library, and `Request` and its like that it loads, took a tenth of the time that a server needs to start.
    const { TusStore, MemoryLocker, Server } = await import('../tus-store.ts')
    locker ??= new MemoryLocker()
    const tus = new Server({
      path,
      datastore: new TusStore(deps, request.ctx),
      locker,
      lockDrainTimeout: HAND_OVER_MS,
      maxSize: deps.policy.maxUploadBytes,
      relativeLocation: true,
      // Whom other sites' pages may ask is not for this route to say.
      allowedOrigins: [],
      onUploadFinish: async (_, { id }) => ({ headers: await finished(deps, request, id) }),
      onResponseError: (_, cause) => {
        failure = cause
        return undefined
      },
    })
    const response = await tus.handleWeb(asWebRequest(request))
    if (failure instanceof Error && !('status_code' in failure)) throw failure
    if (response.status >= 400) return refuse(deps, request, reply, response)
    // The library exposes its own headers to other sites' pages, and would hide `Earshot-Media-Id` from them.
    const headers = [...response.headers].filter(([name]) => !name.startsWith('access-control-'))
    return reply.code(response.status).headers(Object.fromEntries(headers)).send()
  }

  app.post('/uploads', { preHandler: [endpointLimit(deps, 'media'), roomToWait(deps)] }, speakTus)
  app.options('/uploads', speakTus)
  app.patch<ById>('/uploads/:id', speakTus)
  app.delete<ById>('/uploads/:id', speakTus)
  // For networks that let only GET and POST through: `X-HTTP-Method-Override` says what is meant.
  app.post<ById>('/uploads/:id', speakTus)
  app.head<ById>('/uploads/:id', async (request, reply) => {
    const row = requireAlive(await getUpload(deps, request.ctx, request.params.id), deps.clock.now())
    // A client that missed the answer to its last piece, or outlived our crash, asks here.
    if (isComplete(row)) reply.headers(await finished(deps, request, row.id))
    return speakTus(request, reply)
  })
  app.get<ById>('/uploads/:id', { exposeHeadRoute: false }, async (request) => {
    const { id } = request.params
    const row = await getUpload(deps, request.ctx, id)
    if (!isComplete(row) || row.error_code !== null) return present(row)
    await finishUpload(deps, request.ctx, id, request.gone)
    return present(await getUpload(deps, request.ctx, id))
  })
}

/** @throws DomainError `upload.version` */
function requireVersion({ method, headers }: FastifyRequest, reply: FastifyReply): void {
  const asked = headers['tus-resumable']
  if (method === 'OPTIONS' || asked === undefined || asked === VERSION) return
  reply.header('tus-version', VERSION)
  throw new DomainError('upload.version', `This server speaks tus ${VERSION}.`, { field: 'Tus-Resumable' })
}

async function finished(
  deps: HttpDeps,
  request: FastifyRequest,
  id: string,
): Promise<Record<string, string>> {
  return { [MEDIA_ID]: (await finishUpload(deps, request.ctx, id, request.gone)).mediaId }
}

const OVERRIDE = 'x-http-method-override'

const MEANT = ['PATCH', 'DELETE', 'HEAD']

/**
 * The library reads the override too late: it has taken a POST for the making of another upload by then.
 * @throws DomainError `request.method` where it is none of the protocol's
 */
function methodOf({ method, headers }: FastifyRequest): string {
  const meant = headers[OVERRIDE]
  if (method !== 'POST' || typeof meant !== 'string') return method
  const named = MEANT.find((each) => each === meant.toUpperCase())
  if (named !== undefined) return named
  throw new DomainError('request.method', `X-HTTP-Method-Override may say ${MEANT.join(', ')}.`, {
    field: 'X-HTTP-Method-Override',
    allow: MEANT.join(', '),
  })
}

function asWebRequest(request: FastifyRequest): Request {
  const { headers, body } = request
  const fields = Object.entries(headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0] !== OVERRIDE,
  )
  const method = methodOf(request)
  return new Request(new URL(request.url, 'http://uploads'), {
    method,
    headers: fields,
    ...(body instanceof Readable &&
      method !== 'HEAD' && { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' }),
  })
}

const CODES: Record<number, ErrorCode> = {
  404: 'resource.not_found',
  409: 'upload.offset',
  410: 'upload.gone',
  413: 'media.too_large',
}

/** What the protocol forbids, with the protocol's status, in the shape of all our errors. */
async function refuse(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  response: Response,
): Promise<FastifyReply> {
  const { status } = response
  const error = new DomainError(CODES[status] ?? 'request.invalid', (await response.text()).trim())
  const how = { ...rendered(error.code), status }
  return reply.code(status).send(envelope(error, how, request.id, deps.clock.now()))
}

const present = (row: UploadRow): UploadReply => ({
  uploadId: row.id,
  state: row.error_code !== null ? 'failed' : row.media_id !== null ? 'finished' : 'receiving',
  filename: row.filename,
  bytes: row.bytes,
  received: row.received,
  mediaId: row.media_id,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  createdAt: iso(row.created_at),
  expiresAt: iso(row.expires_at),
})
