import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { envelope, rendered } from '../../v1/errors.ts'
import type { NativeOptions } from './options.ts'
import { archive } from './routes/archive.ts'
import { batches } from './routes/batches.ts'
import { capabilities } from './routes/capabilities.ts'
import { changes } from './routes/changes.ts'
import { comments } from './routes/comments.ts'
import { drafts } from './routes/drafts.ts'
import { events } from './routes/events.ts'
import { media } from './routes/media.ts'
import { mediaContent } from './routes/media-content.ts'
import { postAccounts } from './routes/post-accounts.ts'
import { posts } from './routes/posts.ts'
import { shares } from './routes/shares.ts'
import { speakers } from './routes/speakers.ts'
import { subscriptions } from './routes/subscriptions.ts'
import { transcriptions } from './routes/transcriptions.ts'
import { uploads } from './routes/uploads.ts'
import { video } from './routes/video.ts'
import { vocabulary } from './routes/vocabulary.ts'
import { waveform } from './routes/waveform.ts'
import { webhooks } from './routes/webhooks.ts'

/**
 * Earshot's own API. Mounted under `/v1` with keys; a page's server side mounts it under a prefix of its
 * own with sessions.
 */
export async function native(app: FastifyInstance, deps: HttpDeps, options: NativeOptions): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    const how = rendered(error.code)
    return reply.code(how.status).send(envelope(error, how, request.id, deps.clock.now()))
  })
  app.addHook('preParsing', (request) => options.authenticate(request))
  capabilities(app, deps)
  transcriptions(app, deps, options)
  archive(app, deps)
  batches(app, deps, options)
  subscriptions(app, deps, options)
  changes(app, deps)
  waveform(app, deps)
  speakers(app, deps)
  comments(app, deps)
  video(app, deps, options)
  shares(app, deps)
  events(app, deps, options)
  media(app, deps)
  mediaContent(app, deps, options)
  uploads(app, deps)
  vocabulary(app, deps)
  webhooks(app, deps)
  postAccounts(app, deps)
  drafts(app, deps)
  posts(app, deps)
}
