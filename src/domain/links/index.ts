import type { ListLink, MediaLink, Platform, ShortLink } from '../../ports/fetcher.ts'
import { LinkError } from './error.ts'
import { facebook } from './facebook.ts'
import { instagram } from './instagram.ts'
import { linkedin } from './linkedin.ts'
import { pinterest } from './pinterest.ts'
import type { LinkPlatform } from './platform.ts'
import { plainUrl, readUrl } from './read-url.ts'
import { tiktok } from './tiktok.ts'
import { twitter } from './twitter.ts'
import { youtube } from './youtube.ts'

export { LinkError } from './error.ts'

const BY_NAME: Record<Platform, LinkPlatform> = {
  youtube,
  tiktok,
  instagram,
  facebook,
  twitter,
  linkedin,
  pinterest,
}

export const PLATFORMS: readonly LinkPlatform[] = Object.values(BY_NAME)

export const platformHosts = (platform: Platform): readonly string[] => BY_NAME[platform].hosts

/** Whether a link leads to a platform's own site, where it is a post or nothing that can be had. */
export function isPlatform(text: string): boolean {
  const host = plainUrl(text)?.host ?? hostOf(text)
  return host !== null && PLATFORMS.some((platform) => platform.owns(host))
}

/** Of an address that is not plain, with a port for instance: it is the platform's none the less. */
const hostOf = (text: string): string | null => (URL.canParse(text) ? new URL(text).hostname : null)

export type ParsedLink = { kind: 'media'; link: MediaLink } | { kind: 'short'; link: ShortLink }

/**
 * Reads what a user gave as a link. What comes out was rebuilt from a checked id: fetchers never see the
 * user's text.
 * @throws LinkError with a message that says what is accepted
 */
export function parseLink(text: string): ParsedLink {
  const url = readUrl(text)
  const owner = PLATFORMS.find((each) => each.owns(url.host))
  if (!owner) {
    throw new LinkError(
      `Links are accepted from ${list(PLATFORMS.map((each) => each.name))}; this is none of them.`,
    )
  }
  const { platform } = owner
  const reading = owner.read(url)
  switch (reading?.kind) {
    case 'media':
      return { kind: 'media', link: { platform, id: reading.id, canonicalUrl: reading.canonicalUrl } }
    case 'short':
      return {
        kind: 'short',
        link: { platform: leadsAnywhere(url.host) ? null : platform, url: reading.url },
      }
    case 'refused':
      throw new LinkError(`${reading.what} is not a single video. ${accepted(owner)}`)
    default:
      throw new LinkError(`This ${owner.name} link is not one of a single video. ${accepted(owner)}`)
  }
}

/** Reads the address of a playlist or a channel, as `parseLink` that of a post. @throws LinkError */
export function parseListLink(text: string): ListLink {
  const url = readUrl(text)
  const owner = PLATFORMS.find((each) => each.owns(url.host))
  const canonicalUrl = owner?.list?.(url)
  if (owner && canonicalUrl) return { platform: owner.platform, canonicalUrl }
  const lists = PLATFORMS.filter((each) => each.list).map((each) => each.name)
  throw new LinkError(
    `This is not a playlist or a channel that can be listed. Those of ${list(lists)} can, and podcasts’ feeds.`,
  )
}

/** yt-dlp's names of what may list a platform's playlists and channels. */
export const listExtractors = (platform: Platform): readonly string[] =>
  BY_NAME[platform].listExtractors ?? []

/** Shorteners that platforms offer for links to any site. */
const leadsAnywhere = (host: string): boolean => host === 't.co' || host === 'lnkd.in'

const accepted = ({ name, accepts }: LinkPlatform): string => `Accepted from ${name}: ${accepts.join(', ')}.`

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
