import { decodeText } from '../../domain/captions/encoding.ts'
import { languageOf } from '../../domain/captions/language.ts'
import { parseCaptions } from '../../domain/captions/parse.ts'
import type { FoundTrack } from '../../domain/captions/tracks.ts'
import { type CaptionSegment, type CaptionTrack, FetchError, type MediaLink } from '../../ports/fetcher.ts'
import { EgressError, type Guard, type GuardedResponse, platformPolicy, readBody } from '../egress/index.ts'
import { MESSAGES } from './classify.ts'
import { type PostInfo, tracksOf } from './info.ts'

const MAX_BYTES = 32 * 2 ** 20
const TIMEOUT_MS = 60_000

/** Gets one caption file by our own request: yt-dlp has no part in it. @throws FetchError */
export async function fetchCaptions(
  guard: Guard,
  link: MediaLink,
  info: PostInfo,
  wanted: CaptionTrack,
  signal: AbortSignal,
): Promise<CaptionSegment[]> {
  const track = tracksOf(link, info).find(
    (each) => each.kind === wanted.kind && each.language === languageOf(wanted.language),
  )
  if (!track) throw new FetchError('captions_missing', MESSAGES.captions_missing)
  const text = await load(guard, link, track, signal)
  const segments = parseCaptions(track.format, text)
  if (segments.length === 0) throw new FetchError('captions_missing', MESSAGES.captions_missing)
  return segments
}

async function load(
  guard: Guard,
  link: MediaLink,
  { url, language }: FoundTrack,
  signal: AbortSignal,
): Promise<string> {
  try {
    const response = await guard.get({
      url,
      policy: platformPolicy(link.platform),
      signal,
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
    })
    const body = await readBody(response)
    if (response.status === 200) return decodeText(body, { ...charsetOf(response), language })
    const code =
      response.status === 429
        ? 'platform_rate_limited'
        : response.status >= 500
          ? 'network'
          : 'captions_missing'
    throw new FetchError(code, MESSAGES[code])
  } catch (cause) {
    if (!(cause instanceof EgressError)) throw cause
    const code = ['host', 'address', 'port', 'protocol', 'bytes'].includes(cause.code)
      ? 'captions_missing'
      : 'network'
    throw new FetchError(code, MESSAGES[code], { cause })
  }
}

function charsetOf({ headers }: Pick<GuardedResponse, 'headers'>): { charset?: string } {
  const [, charset] = /;\s{0,9}charset="?([\w.:-]{1,40})/i.exec(headers['content-type'] ?? '') ?? []
  return charset === undefined ? {} : { charset }
}
