/** What yt-dlp lists of a playlist or a channel, without looking at any of its videos. */
import { z } from 'zod'
import { LinkError, parseLink } from '../../domain/links/index.ts'
import { FetchError, type ListLink } from '../../ports/fetcher.ts'
import type { ListedItem, Listing } from '../../ports/listings.ts'
import { MESSAGES } from './classify.ts'
import { parseJson } from './info.ts'

const text = z.string().nullish().catch(null)
const entry = z.object({
  url: text,
  title: text,
  duration: z.number().nullish().catch(null),
  live_status: text,
})
const list = z.object({
  _type: z.literal('playlist'),
  title: text,
  entries: z.array(entry.nullish().catch(null)),
})

/** What is not there yet is listed again once it is. */
const NOT_YET = new Set(['is_upcoming', 'is_live', 'post_live'])

/** @throws FetchError */
export function readListing(json: string, link: ListLink, most: number): Listing {
  const parsed = list.safeParse(parseJson(json))
  if (!parsed.success) throw new FetchError('extractor_outdated', MESSAGES.extractor_outdated)
  const { title, entries } = parsed.data
  const items = entries.flatMap((each) =>
    each && !NOT_YET.has(each.live_status ?? '') ? listed(each, link) : [],
  )
  const unique = [...new Map(items.map((item) => [item.key, item])).values()]
  return { title: title ?? null, items: unique.slice(0, most), more: entries.length > most }
}

/** Nothing but posts of the same platform, rebuilt from their ids. */
function listed({ url, title, duration }: z.output<typeof entry>, { platform }: ListLink): ListedItem[] {
  const link = postAt(url ?? '')
  if (link?.platform !== platform) return []
  const { canonicalUrl } = link
  return [{ url: canonicalUrl, key: canonicalUrl, title: title ?? null, seconds: duration || null }]
}

function postAt(url: string) {
  try {
    const parsed = parseLink(url)
    return parsed.kind === 'media' ? parsed.link : undefined
  } catch (cause) {
    if (cause instanceof LinkError) return undefined
    throw cause
  }
}
