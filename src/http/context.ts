/** What the HTTP side needs from the rest: handed in by main, so that no surface reaches for more. */
import type { Ctx, Deps } from '../domain/context.ts'
import type { Engine } from '../ports/engine.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { Inspector } from '../ports/inspector.ts'
import type { ModelLibrary } from '../ports/model-library.ts'
import type { Payments } from '../ports/payments.ts'
import type { Prober } from '../ports/prober.ts'
import type { RateLimiter } from '../ports/rate-limiter.ts'
import type { RemoteMedia } from '../ports/remote-media.ts'
import type { TranscriptSearch } from '../ports/transcript-search.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'

export interface HttpDeps extends Deps {
  probe: Prober
  fetcher: Fetcher
  webhooks: WebhookSender
  remote: RemoteMedia
  limiter: RateLimiter
  payments: Payments
  models: ModelLibrary
  search: TranscriptSearch
  inspector: Inspector
  /** This process's own; undefined where workers elsewhere do the work. */
  engine: Engine | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by a surface's authentication. */
    ctx: Ctx
    /** Aborted when the client is gone. */
    gone: AbortSignal
  }
}
