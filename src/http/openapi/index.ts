import type { FastifyInstance } from 'fastify'
import * as account from '../../contract/account.ts'
import * as archive from '../../contract/archive.ts'
import * as batches from '../../contract/batches.ts'
import * as comments from '../../contract/comments.ts'
import * as native from '../../contract/native.ts'
import * as operator from '../../contract/operator.ts'
import * as people from '../../contract/people.ts'
import * as posts from '../../contract/posts.ts'
import * as runner from '../../contract/runner.ts'
import * as session from '../../contract/session.ts'
import * as shares from '../../contract/shares.ts'
import * as soku from '../../contract/soku.ts'
import * as soscripted from '../../contract/soscripted.ts'
import * as speakers from '../../contract/speakers.ts'
import * as subscriptions from '../../contract/subscriptions.ts'
import * as webhooks from '../../contract/webhooks.ts'
import { accountOperations } from './account.ts'
import { archiveOperations } from './archive.ts'
import { batchOperations } from './batches.ts'
import { commentOperations } from './comments.ts'
import { dashboardOperations } from './dashboard.ts'
import { type Contract, openApiDocument } from './document.ts'
import { mediaOperations, uploadOperations } from './media.ts'
import { transcriptionOperations, vocabularyOperations } from './native.ts'
import { openaiOperations } from './openai.ts'
import type { Operation } from './operation.ts'
import { opsOperations } from './ops.ts'
import { postOperations } from './posts.ts'
import { operatorRunnerOperations, runnerOperations } from './runner.ts'
import { readerOperations, shareOperations } from './shares.ts'
import { sokuOperations } from './soku.ts'
import { soscriptedOperations } from './soscripted.ts'
import { subscriptionOperations } from './subscriptions.ts'
import type { TAGS } from './tags.ts'
import { toolOperations } from './tools.ts'
import { webhookOperations } from './webhooks.ts'

/** Also under `/api/dashboard`, with the session: the page uses the same verbs. */
const SHARED: Operation[] = [
  ...transcriptionOperations,
  ...archiveOperations,
  ...batchOperations,
  ...subscriptionOperations,
  ...vocabularyOperations,
  ...commentOperations,
  ...shareOperations,
  ...mediaOperations,
  ...uploadOperations,
  ...webhookOperations,
  ...postOperations,
  ...accountOperations.filter(({ path }) => !path.startsWith('/v1/payments/')),
]

const forDashboard = (operation: Operation): Operation => ({
  ...operation,
  path: operation.path.replace(/^\/v1/, '/api/dashboard'),
  tag: `Dashboard: ${operation.tag as keyof typeof TAGS}`,
  security: ['session'],
})

const CONTRACTS: Contract[] = [
  ...[
    account,
    archive,
    batches,
    comments,
    native,
    operator,
    people,
    posts,
    session,
    shares,
    speakers,
    subscriptions,
    webhooks,
  ].map((exports) => ({
    prefix: '',
    exports,
  })),
  { prefix: 'Runner', exports: runner },
  { prefix: 'Soku', exports: soku },
  { prefix: 'SoScripted', exports: soscripted },
]

/** Every operation of the server. */
export const OPERATIONS: readonly Operation[] = [
  ...soscriptedOperations,
  ...sokuOperations,
  ...transcriptionOperations,
  ...archiveOperations,
  ...batchOperations,
  ...subscriptionOperations,
  ...vocabularyOperations,
  ...commentOperations,
  ...shareOperations,
  ...readerOperations,
  ...mediaOperations,
  ...uploadOperations,
  ...webhookOperations,
  ...postOperations,
  ...accountOperations,
  ...openaiOperations,
  ...toolOperations,
  ...opsOperations,
  ...runnerOperations,
  ...dashboardOperations,
  ...operatorRunnerOperations,
  ...SHARED.map(forDashboard),
]

/** Every surface, as OpenAPI has it. */
export const contractDocument = () => openApiDocument(OPERATIONS, CONTRACTS, { event: webhooks.webhookEvent })

/** `GET /openapi.json`. Made when it is first asked for. */
export function openApi(app: FastifyInstance): void {
  let made: string | undefined
  app.get('/openapi.json', async (_, reply) => {
    made ??= JSON.stringify(contractDocument())
    return reply.type('application/json; charset=utf-8').send(made)
  })
}
