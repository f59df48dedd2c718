import { LinkError, PLATFORMS, parseLink } from '../../domain/links/index.ts'
import { FetchError, type MediaLink, type ShortLink } from '../../ports/fetcher.ts'
import { EgressError, type Guard, type GuardedResponse, hostsPolicy, redirectOf } from '../egress/index.ts'
import { MESSAGES } from './classify.ts'

const MAX_HOPS = 5
const HOP_TIMEOUT_MS = 15_000

/** Shorteners are asked on the platforms' own hosts only. */
const policy = hostsPolicy('the platforms', (host) => PLATFORMS.some((each) => each.owns(host)))

/**
 * Some answer a browser with a page that redirects by script, and a program with a plain redirect; TikTok's
 * wants to see a link preview.
 */
const userAgent = (url: string): string =>
  new URL(url).hostname.endsWith('tiktok.com') ? 'facebookexternalhit/1.1' : 'curl/8.5.0'

/** Follows a short link, at most five hops, each on the table of hosts. @throws FetchError */
export async function resolveLink(guard: Guard, link: ShortLink, signal: AbortSignal): Promise<MediaLink> {
  let { url } = link
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const parsed = parse(await follow(guard, url, signal))
    if (parsed.kind === 'media') return parsed.link
    url = parsed.link.url
  }
  throw new FetchError('unsupported_link', 'The short link leads through too many others.')
}

/** Where the answer leads. @throws FetchError */
async function follow(guard: Guard, url: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await guard.request({
      url,
      policy,
      signal,
      headers: { 'user-agent': userAgent(url), accept: 'text/html' },
      maxBytes: Number.POSITIVE_INFINITY, // the body is never read
      timeoutMs: HOP_TIMEOUT_MS,
    })
    response.body.destroy()
    return target(response)
  } catch (cause) {
    if (!(cause instanceof EgressError)) throw cause
    if (['host', 'address', 'port', 'protocol'].includes(cause.code)) {
      throw new FetchError('unsupported_link', 'The short link leads to a place that is not allowed.', {
        cause,
      })
    }
    throw new FetchError('network', MESSAGES.network, { cause })
  }
}

function target(response: GuardedResponse): string {
  const next = redirectOf(response)
  if (next !== null) return next
  const code =
    response.status === 429 || response.status === 999
      ? 'platform_rate_limited'
      : response.status === 404 || response.status === 410
        ? 'gone'
        : response.status >= 500
          ? 'network'
          : null
  if (code) throw new FetchError(code, MESSAGES[code])
  throw new FetchError('unsupported_link', 'The short link leads nowhere.')
}

function parse(url: string) {
  try {
    return parseLink(url)
  } catch (cause) {
    if (!(cause instanceof LinkError)) throw cause
    throw new FetchError('unsupported_link', `The short link leads elsewhere. ${cause.message}`, { cause })
  }
}
