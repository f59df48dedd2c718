import { tellsSpeakers } from '../../contract/wishes.ts'
import type { Fetcher, MediaLink } from '../../ports/fetcher.ts'
import type { ItemOf } from '../batches/begin.ts'
import type { Ctx, Deps } from '../context.ts'
import type { PricePolicy } from '../credits/prices.ts'
import { parseLink } from '../links/index.ts'
import type { TranscriptionRow } from '../tables.ts'
import { accept } from './accept.ts'
import { fetchFailure } from './failures.ts'
import type { Wishes } from './wishes.ts'

export interface AcceptLink {
  surface: string
  /** As the client gave it. */
  url: string
  title?: string | undefined
  /** Without a mode: the operator's choice. */
  wishes: Wishes
  price: PricePolicy
  deadlineAt: number | null
  batch?: ItemOf | undefined
  signal: AbortSignal
}

/**
 * Takes on a social-video link. The link is understood first, short ones resolved, so that what is not
 * supported is refused before anything is held.
 * @throws DomainError `link.unsupported`, `fetch.*`, `credits.insufficient`
 */
export async function acceptLink(
  deps: Deps & { fetcher: Fetcher },
  ctx: Ctx,
  { url, signal, wishes, ...input }: AcceptLink,
): Promise<TranscriptionRow> {
  const link = await understand(deps.fetcher, url, signal)
  // A flat price needs no length; a price by length holds one unit and is bounded by it.
  return accept(deps, ctx, {
    ...input,
    wishes: { ...wishes, mode: heard(wishes) ? 'speech' : (wishes.mode ?? deps.policy.defaultMode) },
    source: { kind: 'link', link },
    expectedSeconds: 0,
  })
}

/** Captions are in the language that was spoken, do not say by whom, and are of no sound track or channel. */
const heard = (wishes: Wishes): boolean =>
  wishes.task === 'translate' ||
  wishes.languageOnly === true ||
  wishes.vad !== undefined ||
  tellsSpeakers(wishes) ||
  wishes.track !== undefined ||
  wishes.channels === 'separate'

async function understand(fetcher: Fetcher, url: string, signal: AbortSignal): Promise<MediaLink> {
  try {
    const parsed = parseLink(url)
    return parsed.kind === 'media' ? parsed.link : await fetcher.resolve(parsed.link, signal)
  } catch (cause) {
    throw fetchFailure(cause)
  }
}
