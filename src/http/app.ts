import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import { newId } from '../domain/ids.ts'
import type { HttpDeps } from './context.ts'
import { docs } from './docs.ts'
import { eitherHeader } from './either-header.ts'
import { badAddress } from './errors.ts'
import { issueWords } from './issue-words.ts'
import { openApi } from './openapi/index.ts'
import { page } from './page.ts'
import { cors } from './plugins/cors.ts'
import { idempotency } from './plugins/idempotency.ts'
import { jsonBodies } from './plugins/json-bodies.ts'
import { queueRoom } from './plugins/queue-room.ts'
import { limited, rateLimits } from './plugins/rate-limit.ts'
import { requestContext } from './plugins/request-context.ts'
import { requestLog } from './plugins/request-log.ts'
import { knownRoutes } from './plugins/routes.ts'
import { scopes } from './plugins/scopes.ts'
import { slowBodies } from './plugins/slow-bodies.ts'
import { storableInput } from './plugins/storable-input.ts'
import { textTurns } from './plugins/text-turns.ts'
import { tracing } from './plugins/tracing.ts'
import { unreadBodies } from './plugins/unread-bodies.ts'
import { closeUnusedConnections } from './plugins/unused-connections.ts'
import { createEventStreams, type EventStreams } from './sse.ts'
import { account } from './surfaces/account/index.ts'
import { asr } from './surfaces/asr/index.ts'
import { dashboard, type Mount, requireOperator } from './surfaces/dashboard/index.ts'
import { inference } from './surfaces/inference/index.ts'
import { listen } from './surfaces/listen/index.ts'
import { mcp } from './surfaces/mcp/index.ts'
import { native } from './surfaces/native/index.ts'
import { openai } from './surfaces/openai/index.ts'
import { operator } from './surfaces/operator/index.ts'
import { ops } from './surfaces/ops/index.ts'
import { payments } from './surfaces/payments/index.ts'
import { peopleSurface } from './surfaces/people/index.ts'
import { runner } from './surfaces/runner/index.ts'
import { shared } from './surfaces/shared/index.ts'
import { soku } from './surfaces/soku/index.ts'
import { soscripted } from './surfaces/soscripted/index.ts'
import { refuseUnreadable } from './unreadable.ts'

/** JSON bodies are small; media comes as multipart or tus, with its own limit. */
const JSON_LIMIT = 256 * 1024

/** Headers must be here within this time of a connection's, or a request's, beginning. */
const HEADERS_MS = 30_000

const noSchemas = (): never => {
  throw new Error('a route has a schema of Fastify’s')
}

/** The whole HTTP side: every surface under its own prefix, each with its own shape of errors. */
export async function buildApp(deps: HttpDeps, logger: Logger): Promise<FastifyInstance> {
  z.config({ customError: issueWords })
  const app = server(deps, logger)
  const streams = createEventStreams()
  app.addHook('preClose', async () => streams.endAll())
  refuseUnreadable(app.server)
  plugins(app, deps)
  await ops(app, deps)
  openApi(app)
  await surfaces(app, deps, streams)
  await docs(app, deps.web)
  await page(app, deps.web)
  return app
}

function server(deps: HttpDeps, logger: Logger): FastifyInstance {
  return fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    bodyLimit: JSON_LIMIT,
    genReqId: () => newId('req'),
    frameworkErrors: badAddress(deps),
    // `refuseUnreadable` answers.
    clientErrorHandler: () => {},
    requestIdHeader: false,
    // Behind a proxy that the operator trusts, the client's address is the one it hands on.
    trustProxy: (address: string) => deps.web.isTrustedProxy(address),
    // An upload may take hours, and a blocking request lives as long as its transcription: plugins/slow-bodies.ts
    // and the verbs have their own limits. Without the second setting Node takes the first for the headers too.
    requestTimeout: 0,
    // A plugin is a moment's work, but a machine that is busy enough may take longer for one than Fastify's ten seconds,
    // and the server would not start.
    pluginTimeout: 0,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 5000 },
    forceCloseConnections: 'idle',
    // What comes in is read with zod. Fastify's own compilers of schemas have nothing to do, and take long to load.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  } as Parameters<typeof fastify>[0]) as unknown as FastifyInstance
}

/** What holds for all of them, in the order in which a request meets it. */
function plugins(app: FastifyInstance, deps: HttpDeps): void {
  app.decorate('databaseAway', deps.databaseAway)
  knownRoutes(app)
  jsonBodies(app)
  requestContext(app)
  tracing(app, deps.tracer)
  requestLog(app, deps.web)
  cors(app, deps.web)
  slowBodies(app)
  closeUnusedConnections(app)
  rateLimits(app)
  idempotency(app, deps)
  queueRoom(app)
  unreadBodies(app)
  scopes(app)
  storableInput(app)
  textTurns(app, deps)
}

async function surfaces(app: FastifyInstance, deps: HttpDeps, streams: EventStreams): Promise<void> {
  await app.register((scope) => soscripted(scope, deps, streams), { prefix: '/api/public' })
  await app.register((scope) => soku(scope, deps), { prefix: '/v1' })
  await app.register((scope) => openai(scope, deps, streams), { prefix: '/v1' })
  // Where Groq has the same API, so that its clients need no more than another base URL.
  await app.register((scope) => openai(scope, deps, streams), { prefix: '/openai/v1' })
  const { apisOff } = deps.web
  if (!apisOff.has('asr')) await app.register((scope) => asr(scope, deps))
  if (!apisOff.has('inference')) await app.register((scope) => inference(scope, deps))
  if (!apisOff.has('listen')) await app.register((scope) => listen(scope, deps), { prefix: '/v1' })
  if (!apisOff.has('mcp')) await app.register((scope) => mcp(scope, deps))
  const authenticate = limited(deps, (request) => eitherHeader(deps, request))
  await app.register((scope) => payments(scope, deps), { prefix: '/v1' })
  await app.register((scope) => account(scope, deps, { authenticate }), { prefix: '/v1' })
  await app.register(
    (scope) =>
      native(scope, deps, {
        authenticate,
        streams,
        surface: 'native',
      }),
    { prefix: '/v1' },
  )
  await app.register((scope) => dashboard(scope, deps, dashboardParts(deps, streams)), {
    prefix: '/api/dashboard',
  })
  await app.register((scope) => shared(scope, deps, streams), { prefix: '/api/shared' })
  await app.register((scope) => runner(scope, deps), { prefix: '/api/runner' })
}

/** The verbs of `/v1` and more, for people who are logged in. */
const dashboardParts = (deps: HttpDeps, streams: EventStreams): Mount[] => [
  (app, { authenticate }) => account(app, deps, { authenticate }),
  (app, { authenticate }) => native(app, deps, { authenticate, streams, surface: 'dashboard' }),
  (app, { visit }) => peopleSurface(app, deps, { visit }),
  async (app, { visit }) => {
    app.addHook('onRequest', async (request) => requireOperator(visit(request)))
    await app.register((scope) => operator(scope, deps), { prefix: '/operator' })
  },
]
