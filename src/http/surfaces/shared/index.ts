import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EXPORT_FORMATS, exportOptions } from '../../../contract/formats.ts'
import type { SharedReply } from '../../../contract/shares.ts'
import { DomainError } from '../../../domain/errors.ts'
import { getMedia } from '../../../domain/media/get.ts'
import { openShare } from '../../../domain/shares/open.ts'
import type { MediaRow, TranscriptionRow } from '../../../domain/tables.ts'
import { readStored } from '../../../domain/transcriptions/transcript.ts'
import { readWaveform } from '../../../domain/transcriptions/waveform.ts'
import { CONTENT_TYPES } from '../../../domain/transcripts/formats.ts'
import type { HttpDeps } from '../../context.ts'
import { parse } from '../../parse.ts'
import { limited, limitedReader } from '../../plugins/rate-limit.ts'
import { sendMedia } from '../../send-media.ts'
import {
  asBuffer,
  asFile,
  type ExportFormat,
  JSON_TYPE,
  sendTranscript,
  withJson,
} from '../../send-transcript.ts'
import type { EventStreams } from '../../sse.ts'
import { v1Errors, v1NotFound } from '../../v1/index.ts'

interface ByToken {
  Params: { token: string }
}

/** `/api/shared/{token}`: one transcript to read, for whoever has its link. Nothing here says whose it is. */
export async function shared(app: FastifyInstance, deps: HttpDeps, streams: EventStreams): Promise<void> {
  v1Errors(app, deps)
  v1NotFound(app)
  app.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  app.get<ByToken>('/:token', async (request, reply) => {
    const file = asFile(request.params.token, EXPORT_FORMATS)
    if (file) return sendFile(deps, request, reply, ...file)
    const row = await open(deps, request, request.params.token)
    const { title, detected_language, language, duration_ms, created_at } = row
    const media = await mediaOf(deps, row)
    const facts: Omit<SharedReply, 'transcript'> = {
      title,
      language: detected_language ?? language,
      durationSeconds: duration_ms === null ? null : duration_ms / 1000,
      modelUsed: row.model_used,
      standIn: row.stand_in === 1,
      reused: row.reused === 1,
      createdAt: new Date(created_at).toISOString(),
      media: media ? { hasVideo: media.has_video === 1 } : null,
    }
    const transcript = await deps.texts.reply(await textOf(deps, row), true)
    return reply.type(JSON_TYPE).send(withJson(facts, 'transcript', transcript))
  })

  app.get<ByToken>('/:token/captions', async (request, reply) => {
    const stored = await textOf(deps, await open(deps, request, request.params.token))
    return reply.type(CONTENT_TYPES.vtt).send(asBuffer(await deps.texts.file(stored, 'vtt', true)))
  })

  app.get<ByToken>('/:token/waveform', async (request) =>
    readWaveform(deps, (await open(deps, request, request.params.token)).id),
  )

  app.route<ByToken>({
    method: ['GET', 'HEAD'],
    url: '/:token/media',
    handler: async (request, reply) => {
      const media = await mediaOf(deps, await open(deps, request, request.params.token))
      if (!media) throw new DomainError('media.missing', 'The recording is not stored.')
      return sendMedia({ ...deps, streams }, request, reply, media)
    },
  })
}

/** `GET /api/shared/{token}.{format}`: named after the title, if it has one. */
async function sendFile(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  format: ExportFormat,
): Promise<FastifyReply> {
  const options = parse(exportOptions, request.query)
  const row = await open(deps, request, token)
  const stored = await textOf(deps, row)
  return sendTranscript(deps, reply, stored, { format, options, title: row.title ?? 'transcript' })
}

/** Guesses are counted by address; readers, whose players ask often, by address and link. */
async function open(deps: HttpDeps, request: FastifyRequest, token: string): Promise<TranscriptionRow> {
  const row = await openShare(deps, token).catch(async (cause: unknown) => {
    await limited(deps, async () => {})(request)
    throw cause
  })
  await limitedReader(deps, request, row.id)
  return row
}

/** The transcript as it is stored. */
async function textOf(deps: HttpDeps, row: TranscriptionRow): Promise<string> {
  const read = await readStored(deps.db, row)
  if (!read) throw new DomainError('transcription.no_text', 'There is no text.')
  return read.stored
}

/** The file is kept shorter than its transcript, perhaps. */
async function mediaOf(deps: HttpDeps, row: TranscriptionRow): Promise<MediaRow | undefined> {
  if (row.media_id === null) return undefined
  return getMedia(deps, row.account_id, row.media_id).catch((cause: unknown) => {
    if (cause instanceof DomainError && cause.code === 'resource.not_found') return undefined
    throw cause
  })
}
