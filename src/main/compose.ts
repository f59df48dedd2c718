/** Settings → adapters → dependencies. The one place where everything is wired, by hand. */
import { constants, existsSync } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { databaseAway } from '../adapters/database/away.ts'
import type { OpenDatabase } from '../adapters/database/open.ts'
import { guardedFeeds } from '../adapters/feeds/guarded.ts'
import type { YtDlp } from '../adapters/fetcher/index.ts'
import { createInspector } from '../adapters/inspector/index.ts'
import { memoryRateLimiter } from '../adapters/limits/memory.ts'
import { diskMediaStore } from '../adapters/media-store/disk.ts'
import { manualPayments } from '../adapters/payments/manual.ts'
import { createPublisher } from '../adapters/posts/index.ts'
import { guardedRemoteMedia } from '../adapters/remote-media/guarded.ts'
import { createSecretBox } from '../adapters/secret-box/index.ts'
import { elsewhere } from '../adapters/thread/index.ts'
import { createWebhookSender } from '../adapters/webhooks/guarded-sender.ts'
import type { Config } from '../config/schema.ts'
import type { Deps, Policy } from '../domain/context.ts'
import type { Db } from '../domain/tables.ts'
import { requireWorker } from '../domain/workers/list.ts'
import { fetches, recognises, type WorkerRole } from '../domain/workers/roles.ts'
import type { HttpDeps, WebSettings } from '../http/context.ts'
import { TEXT_WORK } from '../http/text-work.ts'
import type { PipelineDeps } from '../pipeline/context.ts'
import { probeFile } from '../pipeline/probe.ts'
import { probeFew } from '../pipeline/probe-few.ts'
import { probeOnce } from '../pipeline/probe-once.ts'
import { createScheduler } from '../pipeline/scheduler.ts'
import { engineElsewhere } from '../pipeline/sharing/engine-elsewhere.ts'
import { createDrawing } from '../pipeline/videos/drawing.ts'
import type { Downloader } from '../ports/downloader.ts'
import type { EngineDescription } from '../ports/engine.ts'
import type { Inspector } from '../ports/inspector.ts'
import type { MediaStore } from '../ports/media-store.ts'
import type { Payments } from '../ports/payments.ts'
import type { RateLimiter } from '../ports/rate-limiter.ts'
import type { TranscriptSearch } from '../ports/transcript-search.ts'
import { siblingModule } from '../processes/child.ts'
import { answering, composeEngine, composeGuard, composeModels, takenModels } from './compose-engine.ts'
import { composeFetcher, composeYtDlp } from './compose-fetching.ts'
import { runnerFindings } from './runner-findings.ts'
import { workerFindings } from './worker-findings.ts'

const HOLD_MS = 24 * 3_600_000
/**
 * Deaths of a worker without any progress, after which a transcription is given up. Generous: what reads
 * strange bytes runs in processes of its own, so a dead worker is seldom its transcription's fault.
 */
const MAX_ATTEMPTS = 25
const MB = 1024 * 1024
const DAY_MS = 24 * 3_600_000

export const policyOf = (config: Config): Policy => ({
  prices: { soscripted: config.EARSHOT_PRICE_SOSCRIPTED, soku: config.EARSHOT_PRICE_SOKU },
  holdMs: HOLD_MS,
  requestTimeoutMs: config.EARSHOT_REQUEST_TIMEOUT * 1000,
  maxUploadBytes: config.EARSHOT_MAX_UPLOAD_MB * MB,
  uploadMs: config.EARSHOT_UPLOAD_HOURS * 3_600_000,
  mediaRetentionMs: config.EARSHOT_RETENTION_DAYS * DAY_MS,
  transcriptRetentionMs: config.EARSHOT_TRANSCRIPT_DAYS * DAY_MS,
  binMs: config.EARSHOT_BIN_DAYS * DAY_MS,
  maxAccountBytes: config.EARSHOT_ACCOUNT_MB * MB,
  maxMediaSeconds: config.EARSHOT_MAX_MINUTES * 60,
  reuseMs: config.EARSHOT_REUSE_HOURS * 3_600_000,
  reusePrice: config.EARSHOT_REUSE_PRICE,
  modelNames: config.EARSHOT_MODEL_NAMES,
  defaultMode: config.EARSHOT_CAPTIONS,
  maxAttempts: MAX_ATTEMPTS,
  queue: { max: config.EARSHOT_QUEUE, perAccount: config.EARSHOT_ACCOUNT_QUEUE },
  accountJobs: config.EARSHOT_ACCOUNT_JOBS,
  idempotencyMs: config.EARSHOT_IDEMPOTENCY_HOURS * 3_600_000,
  rates: config.EARSHOT_RATE_LIMITS,
  catalogue: config.EARSHOT_PLANS,
})

export interface Base extends Deps {
  probeDb: Db
  search: TranscriptSearch
  dataDir: string
  databaseKind: 'sqlite' | 'postgres'
  limiter: RateLimiter
  close(): Promise<void>
}

/** What every command needs: the database, the store and the operator's policy. */
export async function composeBase(config: Config): Promise<Base> {
  const dataDir = resolve(config.EARSHOT_DATA_DIR)
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    throw new Error(`the data folder ${dataDir} cannot be made: ${cause.message}`, { cause })
  })
  for (const folder of ['store', 'work', 'tmp'])
    await mkdir(join(dataDir, folder), { recursive: true, mode: 0o700 }).catch(cannotWrite(dataDir))
  await access(dataDir, constants.W_OK).catch(cannotWrite(dataDir))
  // Most of what there is to read; commands that hear a file do not need it.
  const { openDatabase } = await import('../adapters/database/open.ts')
  const database = await openDatabase({
    url: config.DATABASE_URL,
    dataDir,
    statementMs: config.EARSHOT_DATABASE_TIMEOUT * 1000,
    connections: config.EARSHOT_DATABASE_CONNECTIONS,
  })
  return {
    dataDir,
    databaseKind: database.kind,
    db: database.db,
    probeDb: database.probeDb,
    databaseAway,
    signals: database.signals,
    search: database.search,
    clock: database.clock,
    media: await mediaStore(config, dataDir),
    policy: policyOf(config),
    limiter: await limiterOf(database),
    close: database.close,
  }
}

/** As on a file system that is mounted read-only, or in a folder of another user's. */
const cannotWrite = (dataDir: string) => (cause: Error) => {
  throw new Error(`the data folder ${dataDir} cannot be written to: ${cause.message}`, { cause })
}

export async function mediaStore(
  { EARSHOT_MEDIA_URL: url, EARSHOT_MEDIA_TIMEOUT: seconds }: Config,
  dataDir: string,
): Promise<MediaStore> {
  if (!url) return diskMediaStore(join(dataDir, 'store'))
  // Its SDK takes a while to load, and most installations have no need of it.
  const { s3MediaStore } = await import('../adapters/media-store/s3.ts')
  return s3MediaStore({ url, workDir: join(dataDir, 'tmp'), silenceMs: seconds * 1000 })
}

/** Where the build puts the page and the documentation; the same places for the built program and for its sources. */
const PAGE_DIR = fileURLToPath(new URL('../../dist/web/', import.meta.url))
const DOCS_DIR = fileURLToPath(new URL('../../dist/docs/', import.meta.url))

const ifBuilt = (dir: string): string | undefined => (existsSync(join(dir, 'index.html')) ? dir : undefined)

function webSettings(config: Config): WebSettings {
  const proxies = config.EARSHOT_TRUSTED_PROXIES
  if (config.EARSHOT_LOGIN_HEADER && !proxies)
    throw new Error('EARSHOT_LOGIN_HEADER needs EARSHOT_TRUSTED_PROXIES: whose header shall be believed?')
  return {
    pageDir: ifBuilt(PAGE_DIR),
    docsDir: ifBuilt(DOCS_DIR),
    publicUrl: config.EARSHOT_PUBLIC_URL,
    loginHeader: config.EARSHOT_LOGIN_HEADER,
    cors: config.EARSHOT_CORS,
    apisOff: config.EARSHOT_APIS_OFF,
    logRequests: config.EARSHOT_REQUEST_LOG === 'on',
    isTrustedProxy: (address) => {
      const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
      return proxies?.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4') === true
    },
  }
}

async function limiterOf({ kind, db, clock }: OpenDatabase): Promise<RateLimiter> {
  if (kind === 'sqlite') return memoryRateLimiter(clock)
  const { postgresRateLimiter } = await import('../adapters/limits/postgres.ts')
  return postgresRateLimiter(db, clock)
}

/** What both roles need of the outside: links are understood, and uploads measured, before they are accepted. */
export function composeOutside(
  config: Config,
  logger: Logger,
): Pick<HttpDeps, 'fetcher' | 'feeds' | 'webhooks' | 'publisher' | 'secrets' | 'remote' | 'probe'> & {
  downloader: YtDlp
} {
  const guard = composeGuard(config)
  const downloader = composeYtDlp(config, guard)
  return {
    downloader,
    fetcher: composeFetcher(config, downloader, guard, logger),
    feeds: guardedFeeds(guard),
    remote: guardedRemoteMedia(guard),
    webhooks: createWebhookSender({ guard, allowed: config.EARSHOT_WEBHOOK_ALLOW }),
    publisher: createPublisher({ guard, allowed: config.EARSHOT_POST_ALLOW }),
    secrets: createSecretBox({ key: config.EARSHOT_SECRET_KEY, dataDir: resolve(config.EARSHOT_DATA_DIR) }),
    probe: probeOnce(probeFew(probeFile, 2 * availableParallelism())),
  }
}

export interface Composed {
  http: HttpDeps
  /** Undefined where this process only answers requests. */
  pipeline: PipelineDeps | undefined
  close(graceMs: number): Promise<void>
}

async function composePayments({
  EARSHOT_STRIPE_KEY: apiKey,
  EARSHOT_STRIPE_WEBHOOK_SECRET: webhookSecret,
}: Config): Promise<Payments> {
  if (!apiKey && !webhookSecret) return manualPayments
  if (!apiKey || !webhookSecret)
    throw new Error('EARSHOT_STRIPE_KEY and EARSHOT_STRIPE_WEBHOOK_SECRET go together: one is missing')
  // Most installations sell nothing.
  const { stripePayments } = await import('../adapters/payments/stripe.ts')
  return stripePayments({ apiKey, webhookSecret })
}

/** The operator asked for it, perhaps on another machine, where the answer is shown. */
const renew = (downloader: Downloader, logger: Logger): Promise<unknown> =>
  downloader.update().catch((err: unknown) => logger.warn({ err }, 'yt-dlp was not updated'))

/** Everything that serving and, if it is this process's role, working need on top of `base`. */
export async function composeAll(
  config: Config,
  base: Base,
  logger: Logger,
  { worker }: { worker: WorkerRole | false },
): Promise<Composed> {
  const texts = elsewhere(TEXT_WORK, siblingModule('texts.host', import.meta.url), ['docx'])
  const outside = {
    ...composeOutside(config, logger),
    texts,
    payments: await composePayments(config),
    models: composeModels(config),
    web: webSettings(config),
  }
  const inspect = (engines: () => Promise<EngineDescription[]>): Inspector =>
    createInspector({
      dataDir: base.dataDir,
      engines,
      fetcher: outside.fetcher,
      others: [() => workerFindings(base), () => runnerFindings(base)],
    })
  if (!worker) {
    const inspector = inspect(async () => (await requireWorker(base)).models)
    const http = {
      ...base,
      ...outside,
      inspector,
      engine: undefined,
      diarizer: undefined,
      drawing: undefined,
    }
    const close = async (): Promise<void> => {
      outside.downloader.close()
      await texts.close()
    }
    return { http, pipeline: undefined, close }
  }
  const only = await takenModels(config)
  const work = await composeEngine(config, logger, {
    only,
    elsewhere: recognises(worker) ? undefined : engineElsewhere(base),
  })
  const { engine, diarizer, detector, music } = work
  const stopUpdates = fetches(worker) ? outside.downloader.keepFresh(logger) : () => {}
  const unsubscribe = base.signals.subscribe('downloader.update', () => renew(outside.downloader, logger))
  const close = async (graceMs: number): Promise<void> => {
    stopUpdates()
    unsubscribe()
    outside.downloader.close()
    await texts.close()
    await work.close(graceMs)
  }
  const shared = { ...base, ...outside, engine, diarizer, drawing: createDrawing(), logger }
  const pipeline: PipelineDeps = {
    ...shared,
    role: worker,
    only,
    scheduler: createScheduler(engine, base.tracer),
    detector,
    music,
    workDir: join(base.dataDir, 'work'),
  }
  return { http: { ...shared, inspector: inspect(() => answering(engine)) }, pipeline, close }
}
