import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { derivedKey } from '../../../domain/idempotency/find.ts'
import { fingerprint } from '../../../domain/idempotency/rules.ts'
import type { StoredMedia } from '../../../domain/media/store.ts'
import type { TranscriptionRow } from '../../../domain/tables.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import { requireAble } from '../../able.ts'
import type { HttpDeps } from '../../context.ts'
import { beginFile, heard } from '../../hear.ts'
import { madeBy } from '../../made-by.ts'
import { parse } from '../../parse.ts'
import { createClaim, requireKey } from '../../plugins/idempotency.ts'
import { roomToArrive } from '../../plugins/queue-room.ts'
import { asWav, type RawSound } from '../../raw-sound.ts'
import { identityOf, libraryTaker, receiveForm } from '../../receive-media.ts'
import { detected } from './present.ts'
import { type AsrQuery, detectQuery, readAsrQuery, wishesIn } from './query.ts'

const PCM: RawSound = { coding: 'linear16', rate: 16_000, channels: 1 }

/** Bazarr asks again when it gave up waiting: for so long, the same film in the same way is the same request. */
const SAME_FILM_MS = 6 * 3_600_000

/**
 * `POST /asr`: a file becomes text; `POST /detect-language`: its language. Both wait as long as their client does:
 * a film takes longer than the server's own limit for requests, and Bazarr takes whatever it gets for subtitles.
 */
export function transcribe(app: FastifyInstance, deps: HttpDeps): void {
  const claim = createClaim(deps, {
    derive: (_request, content) => derivedKey(fingerprint(content)),
    derivedKeepMs: SAME_FILM_MS,
    retriesFailed: true,
  })

  const preHandler = [requireKey, roomToArrive(deps, () => true)]

  async function end(
    request: FastifyRequest,
    reply: FastifyReply,
    file: StoredMedia,
    wishes: Wishes,
  ): Promise<TranscriptionRow | undefined> {
    const content = { wishes, query: request.query, file: identityOf(file) }
    const begin = () => beginFile(deps, request, { surface: 'asr', file, wishes })
    const row = await heard(deps, request, reply, { claim, content, file, begin })
    if (row) reply.headers({ ...madeBy(row), 'asr-engine': 'earshot' })
    return row
  }

  app.post('/asr', { preHandler }, async (request, reply) => {
    const query = readAsrQuery(request.query)
    const wishes = await requireAble(deps, wishesIn(query))
    const file = await receive(deps, request, query)
    const row = await end(request, reply, file, wishes)
    if (!row) return reply
    return reply.type('text/plain; charset=utf-8').send(await deps.texts.asr(row, query))
  })

  app.post('/detect-language', { preHandler }, async (request, reply) => {
    const query = parse(detectQuery, request.query)
    const file = await receive(deps, request, query)
    const row = await end(request, reply, file, { languageOnly: true })
    return row ? detected(row) : reply
  })
}

/** The form's file, put into the library as it arrives. @throws DomainError `request.*`, `media.*` */
function receive(
  deps: HttpDeps,
  request: FastifyRequest,
  { encode, video_file: path }: Pick<AsrQuery, 'encode' | 'video_file'>,
): Promise<StoredMedia> {
  const library = libraryTaker(deps, request)
  return receiveForm(deps, request, {
    field: 'audio_file',
    taker: {
      ...library,
      take: ({ filename, body }) =>
        library.take({ filename: path || filename, body: encode ? body : asWav(body, PCM) }),
    },
  })
}
