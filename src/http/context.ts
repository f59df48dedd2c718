/** What the HTTP side needs from the rest: handed in by main, so that no surface reaches for more. */
import type { Ctx, Deps } from '../domain/context.ts'
import type { Db } from '../domain/tables.ts'
import type { Diarizer } from '../ports/diarizer.ts'
import type { Downloader } from '../ports/downloader.ts'
import type { Drawing } from '../ports/drawing.ts'
import type { Engine } from '../ports/engine.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { Inspector } from '../ports/inspector.ts'
import type { Feeds } from '../ports/listings.ts'
import type { ModelLibrary } from '../ports/model-library.ts'
import type { Payments } from '../ports/payments.ts'
import type { Prober } from '../ports/prober.ts'
import type { Publisher } from '../ports/publisher.ts'
import type { RateLimiter } from '../ports/rate-limiter.ts'
import type { RemoteMedia } from '../ports/remote-media.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { Elsewhere, OnBehalfOf } from '../ports/text-work.ts'
import type { TranscriptSearch } from '../ports/transcript-search.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'
import type { TEXT_WORK } from './text-work.ts'

/** How the server is reached from the web. */
export interface WebSettings {
  /** The folder of the built page; undefined: there is none. */
  pageDir: string | undefined
  /** The folder of the built documentation; undefined: there is none. */
  docsDir: string | undefined
  /** `https://earshot.example.com`, where it is not what the server sees itself. */
  publicUrl: string | undefined
  /** Lower case: the header in which a trusted proxy says whom it has logged in. */
  loginHeader: string | undefined
  /** Origins whose pages may use the APIs; undefined: none. */
  cors: '*' | readonly string[] | undefined
  /** APIs of other tools that are not served. */
  apisOff: ReadonlySet<'asr' | 'inference' | 'listen' | 'mcp'>
  isTrustedProxy(address: string): boolean
  /** A line in the log for every request. */
  logRequests: boolean
}

export interface HttpDeps extends Deps {
  /** For looking at the database and at what it counts: requests and work cannot use its connection up. */
  probeDb: Db
  web: WebSettings
  probe: Prober
  fetcher: Fetcher
  feeds: Feeds
  downloader: Downloader
  webhooks: WebhookSender
  publisher: Publisher
  secrets: SecretBox
  remote: RemoteMedia
  limiter: RateLimiter
  payments: Payments
  models: ModelLibrary
  search: TranscriptSearch
  inspector: Inspector
  /** What is computed from whole transcripts, off the event loop where they are long. */
  texts: Elsewhere<typeof TEXT_WORK> & OnBehalfOf
  /** This process's own; undefined where workers elsewhere do the work. */
  engine: Engine | undefined
  diarizer: Diarizer | undefined
  drawing: Drawing | undefined
}

declare module 'fastify' {
  interface FastifyInstance {
    databaseAway: Deps['databaseAway']
  }
  interface FastifyRequest {
    /** Who asks; set by a surface's authentication. */
    ctx: Ctx
    /** Aborted when the client is gone. */
    gone: AbortSignal
  }
}
