/** What every platform's file in this folder gives: the contract by which a platform is added. */
import type { Platform } from '../../ports/fetcher.ts'

/** A URL that has passed `read-url.ts`: plain host from the table, no userinfo, no port. */
export interface PlainUrl {
  /** Lower case. */
  host: string
  /** Of the path, percent-encoded as they came, empty ones dropped. */
  segments: readonly string[]
  query: URLSearchParams
}

/** `short.url` and `media.canonicalUrl` are built anew from checked pieces, never copied. */
export type Reading =
  | { kind: 'media'; id: string; canonicalUrl: string }
  | { kind: 'short'; url: string }
  /** `what` completes "… is not a single video", for instance "A YouTube playlist". */
  | { kind: 'refused'; what: string }

export interface LinkPlatform {
  platform: Platform
  name: string
  owns(host: string): boolean
  /** Examples of what is accepted, for error messages. */
  accepts: readonly string[]
  /** Where its pages and its media lie: the only hosts that yt-dlp reaches for its links, and those below them. */
  hosts: readonly string[]
  /** yt-dlp's names of what may read its pages. */
  extractors: readonly string[]
  /** Null: a page of the platform that is not known to hold a video. */
  read(url: PlainUrl): Reading | null
  /** The address of a playlist or a channel, rebuilt; null: it is neither. Missing: none can be listed. */
  list?(url: PlainUrl): string | null
  /** yt-dlp's names of what lists them. */
  listExtractors?: readonly string[]
}

/** A parameter that stands in the query exactly once; with two of a name, nobody knows which one counts. */
export function only(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name)
  return values.length === 1 ? values[0]! : null
}

export const media = (id: string, canonicalUrl: string): Reading => ({ kind: 'media', id, canonicalUrl })
export const short = (url: string): Reading => ({ kind: 'short', url })
export const refused = (what: string): Reading => ({ kind: 'refused', what })
