import type { Logger } from 'pino'
import type { Deps } from '../domain/context.ts'
import type { ModelsTaken } from '../domain/transcriptions/claim.ts'
import type { EDITING } from '../domain/transcriptions/editing.ts'
import type { WorkerRole } from '../domain/workers/roles.ts'
import type { Diarizer } from '../ports/diarizer.ts'
import type { Drawing } from '../ports/drawing.ts'
import type { Engine } from '../ports/engine.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { Feeds } from '../ports/listings.ts'
import type { MusicDetector } from '../ports/music-detector.ts'
import type { Prober } from '../ports/prober.ts'
import type { Publisher } from '../ports/publisher.ts'
import type { RemoteMedia } from '../ports/remote-media.ts'
import type { SecretBox } from '../ports/secret-box.ts'
import type { SpeechDetector } from '../ports/speech-detector.ts'
import type { Elsewhere } from '../ports/text-work.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'
import type { JobParts } from './parts.ts'
import type { Place } from './places.ts'
import type { Scheduler } from './scheduler.ts'

export interface PipelineDeps extends Deps {
  role: WorkerRole
  /** The models that it works with; undefined: all that are here. */
  only: ModelsTaken | undefined
  engine: Engine
  scheduler: Scheduler
  detector: SpeechDetector
  diarizer: Diarizer
  drawing: Drawing
  /** Undefined: none is installed. */
  music: MusicDetector | undefined
  fetcher: Fetcher
  feeds: Feeds
  webhooks: WebhookSender
  publisher: Publisher
  secrets: SecretBox
  remote: RemoteMedia
  probe: Prober
  /** What is computed from whole transcripts, off the event loop where they are long. */
  texts: Elsewhere<typeof EDITING>
  logger: Logger
  /** Where downloads of running transcriptions lie; emptied of everything else at start. */
  workDir: string
}

/** One transcription under way. */
export interface Job {
  id: string
  accountId: string
  /** Of the claim: every write is conditional on it. */
  token: string
  /** Where it may be downloaded and heard. */
  place: Pick<Place, 'hear' | 'download' | 'downloaded'>
  /** What the log calls it: its id, and that of the request that asked for it. */
  about: string
  /** Of its span, where it is traced. */
  traceparent: string | undefined
  /** Told when the engine, here or elsewhere, has its first part; further calls change nothing. */
  onHeard(): void
  /** Where its parts are heard. */
  parts: JobParts
  /** Cancelled, taken over, or out of time: stop now. */
  signal: AbortSignal
  /** The server is stopping: finish the parts that run, begin no more. */
  draining: AbortSignal
}

/** Thrown by a step that stopped at a good place because the server is stopping. */
export class Drained extends Error {
  constructor() {
    super('stopped for a restart')
    this.name = 'Drained'
  }
}
