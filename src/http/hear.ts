/** A file, or a link, that becomes a text while its client waits. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StoredMedia } from '../domain/media/store.ts'
import type { MediaRow, TranscriptionRow } from '../domain/tables.ts'
import { accept } from '../domain/transcriptions/accept.ts'
import { waitForEnd } from '../domain/transcriptions/watch.ts'
import type { Wishes } from '../domain/transcriptions/wishes.ts'
import type { HttpDeps } from './context.ts'
import { type Claim, settled } from './plugins/idempotency.ts'
import { hasArrived } from './plugins/queue-room.ts'
import { claimOrDrop } from './receive-media.ts'

interface OfFile {
  surface: string
  /** Without a name: it goes by the one that the library has for it. */
  file: Pick<StoredMedia, 'media'> & Partial<StoredMedia>
  wishes: Wishes
}

/** @throws DomainError like `accept` */
export const beginFile = (
  deps: HttpDeps,
  request: FastifyRequest,
  { surface, file: { media, filename }, wishes }: OfFile,
): Promise<TranscriptionRow> =>
  accept(deps, request.ctx, {
    surface,
    source: { kind: 'media', media },
    title: filename,
    wishes,
    price: deps.policy.prices.soku,
    expectedSeconds: expectedSeconds(media, wishes),
  }).finally(() => hasArrived(request))

/** To know the language takes about a minute; more is held when it is heard. */
const expectedSeconds = ({ duration_ms }: MediaRow, { languageOnly }: Wishes): number =>
  languageOnly ? Math.min(60, duration_ms / 1000) : duration_ms / 1000

interface Asked {
  claim: Claim
  /** What was asked for, for a key that stands for it. */
  content: unknown
  /** Was sent with the request: it does not stay where the key stands for another. */
  file?: StoredMedia
  begin(): Promise<{ id: string }>
  /** Epoch ms after which the client is told to come back. Undefined: it waits as long as it likes. */
  until?: number
}

/**
 * The transcription once it has ended; under an idempotency key, of what was first asked under it.
 * Undefined: it was answered from what is stored.
 */
export async function heard(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { claim, content, file, begin, until }: Asked,
): Promise<TranscriptionRow | undefined> {
  const claimIt = (): Promise<boolean> => claim(request, reply, content)
  if (await (file ? claimOrDrop(deps, request, file, claimIt) : claimIt())) return undefined
  const { id } = await begin()
  return settled(request, await waitForEnd(deps, id, request.gone, until === undefined ? {} : { until }))
}
