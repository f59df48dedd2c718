import type { FastifyInstance } from 'fastify'
import type { OperatorDownloader } from '../../../../contract/operator.ts'
import { updateDownloader } from '../../../../domain/operator/update-downloader.ts'
import type { HttpDeps } from '../../../context.ts'

/** yt-dlp, renewed now instead of some time today. */
export function downloader(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/downloader/update', (): Promise<OperatorDownloader> => updateDownloader(deps))
}
