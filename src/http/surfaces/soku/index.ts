import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { v1Conventions, v1NotFound } from '../../v1/index.ts'
import { transcribe } from './routes/transcribe.ts'
import { uploadMedia } from './routes/upload-media.ts'

/** Soku's API, mounted under `/v1`. */
export async function soku(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  v1Conventions(app, deps)
  v1NotFound(app)
  await app.register(multipart)
  transcribe(app, deps)
  uploadMedia(app, deps)
}
