import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { takeForms } from '../../form.ts'
import { v1Conventions, v1NotFound } from '../../v1/index.ts'
import { posts } from './routes/posts.ts'
import { transcribe } from './routes/transcribe.ts'
import { uploadMedia } from './routes/upload-media.ts'

/** Soku's API, mounted under `/v1`. */
export async function soku(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  v1Conventions(app, deps)
  v1NotFound(app)
  takeForms(app)
  transcribe(app, deps)
  uploadMedia(app, deps)
  posts(app, deps)
}
