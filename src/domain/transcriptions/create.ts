import type { Fetcher } from '../../ports/fetcher.ts'
import type { ItemOf } from '../batches/begin.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isPlatform } from '../links/index.ts'
import { getMedia } from '../media/get.ts'
import type { TranscriptionRow } from '../tables.ts'
import { accept } from './accept.ts'
import { acceptLink } from './accept-link.ts'
import type { Wishes } from './wishes.ts'

export interface CreateTranscription {
  surface: string
  mediaId?: string | undefined
  url?: string | undefined
  wishes: Wishes
  title?: string | undefined
  batch?: ItemOf | undefined
}

/**
 * Takes on a file of the media library, a post on a platform, or a media file anywhere; nobody waits for it.
 * @throws DomainError `resource.not_found`, `link.unsupported`, `fetch.*`, `credits.insufficient`
 */
export async function createTranscription(
  deps: Deps & { fetcher: Fetcher },
  ctx: Ctx,
  { mediaId, url, ...input }: CreateTranscription,
  signal: AbortSignal,
): Promise<TranscriptionRow> {
  const common = { ...input, price: deps.policy.prices.soku, deadlineAt: null }
  if (mediaId !== undefined) {
    const media = await getMedia(deps, ctx.accountId, mediaId)
    const expectedSeconds = media.duration_ms / 1000
    return accept(deps, ctx, { ...common, source: { kind: 'media', media }, expectedSeconds })
  }
  if (url === undefined)
    throw new DomainError('request.invalid', 'Give either mediaId or url.', {
      field: 'mediaId',
      reason: 'required',
    })
  // Links of the platforms' own sites are posts; anything else is a media file.
  if (isPlatform(url)) return acceptLink(deps, ctx, { ...common, url, signal })
  return accept(deps, ctx, { ...common, source: { kind: 'url', url: plain(url) }, expectedSeconds: 0 })
}

/** What the guard would refuse in any case is refused at once. */
function plain(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new DomainError('request.invalid', 'url: must begin with https:// or http://.', {
      field: 'url',
      reason: 'invalid',
    })
  if (url.username || url.password)
    throw new DomainError('request.invalid', 'url: must not carry a user name or password.', {
      field: 'url',
      reason: 'invalid',
    })
  url.hash = ''
  return url.href
}
