import type { Platform } from '../contract/platforms.ts'
import type { Listing } from './listings.ts'

export type { Platform }

/** A post on a platform, rebuilt from its id: no character of it was taken over from a user unchecked. */
export interface MediaLink {
  platform: Platform
  /** The platform's own id: the key under which the same video is recognised again. */
  id: string
  /** The address that yt-dlp is given. */
  canonicalUrl: string
}

/** A link that only its platform can resolve (t.co, vm.tiktok.com, fb.watch…). */
export interface ShortLink {
  platform: Platform | null
  url: string
}

/** A playlist or a channel, rebuilt like a post. */
export type ListLink = Pick<MediaLink, 'platform' | 'canonicalUrl'>

export interface CaptionTrack {
  language: string
  kind: 'human' | 'automatic'
}

export interface ProbedMedia {
  title: string | null
  author: string | null
  /** Seconds; null where the platform does not say. */
  duration: number | null
  /** ISO 639-1 of what is spoken, where the platform says. */
  language: string | null
  captions: CaptionTrack[]
  thumbnailUrl: string | null
  /** The fetcher's own notes, handed back to `fetch` and `captions`. Held in the job's folder, never shown. */
  infoPath: string
}

export interface FetchedMedia {
  path: string
  bytes: number
}

export interface CaptionSegment {
  start: number
  end: number
  text: string
}

/** Why a post could not be had. Each has its own message, status and stable code on the surfaces. */
export type FetchErrorCode =
  | 'private'
  | 'gone'
  | 'login_required'
  | 'age_restricted'
  | 'geo_blocked'
  | 'live'
  | 'upcoming'
  | 'platform_rate_limited'
  | 'address_blocked'
  | 'no_video'
  | 'no_audio'
  | 'too_long'
  | 'too_large'
  | 'unsupported_link'
  | 'network'
  | 'extractor_outdated'
  | 'captions_missing'
  | 'fetcher_missing'

export class FetchError extends Error {
  readonly code: FetchErrorCode
  constructor(code: FetchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FetchError'
    this.code = code
  }
}

export interface FetchProgress {
  /** 0…1, or null while the size is unknown. */
  fraction: number | null
  /** The file that grows, which may be read from its beginning; null where nothing is written yet. */
  path: string | null
}

export interface FetchLimits {
  maxSeconds: number
  maxBytes: number
  timeoutMs: number
}

/** Gets posts from the platforms. Everything it does goes out through the egress guard. */
export interface Fetcher {
  /** Follows a short link, at most five hops, each vetted. @throws FetchError */
  resolve(link: ShortLink, signal: AbortSignal): Promise<MediaLink>
  /** The first posts of a playlist or a channel, in its order. @throws FetchError */
  list(link: ListLink, most: number, signal: AbortSignal): Promise<Listing>
  /** Reads the post's description and decides on it (live, too long, no audio…). @throws FetchError */
  probe(link: MediaLink, dir: string, limits: FetchLimits, signal: AbortSignal): Promise<ProbedMedia>
  /** Downloads the sound into `dir`. */
  fetch(
    link: MediaLink,
    probed: ProbedMedia,
    dir: string,
    limits: FetchLimits,
    onProgress: (progress: FetchProgress) => void,
    signal: AbortSignal,
  ): Promise<FetchedMedia>
  /** The cleaned segments of one track that `probe` listed. @throws FetchError `captions_missing` */
  captions(
    link: MediaLink,
    probed: ProbedMedia,
    track: CaptionTrack,
    dir: string,
    signal: AbortSignal,
  ): Promise<CaptionSegment[]>
  /** The version in use and where it comes from; null when there is none. */
  version(): Promise<{ version: string; source: string; ageDays: number | null } | null>
}
