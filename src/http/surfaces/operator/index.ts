import type { FastifyInstance } from 'fastify'
import type { OperatorHealth } from '../../../contract/operator.ts'
import { overview } from '../../../domain/operator/overview.ts'
import type { HttpDeps } from '../../context.ts'
import { accounts } from './routes/accounts.ts'
import { downloader } from './routes/downloader.ts'
import { models } from './routes/models.ts'
import { runners } from './routes/runners.ts'

/**
 * What an operator sees and does over all accounts. Whoever registers it says, with a hook, who is one,
 * and gives it its shape of errors.
 */
export async function operator(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.get('/overview', () => overview(deps))
  app.get('/health', async () => ({ findings: await deps.inspector.inspect() }) satisfies OperatorHealth)
  accounts(app, deps)
  models(app, deps)
  downloader(app, deps)
  runners(app, deps)
}
