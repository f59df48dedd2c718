import { FetchError, type FetchErrorCode } from '../../ports/fetcher.ts'

/**
 * What yt-dlp's words mean, the first match counts: a cause stands before its consequences (YouTube's 429
 * is only a warning, followed by "Failed to extract any player response"). The texts are those of the
 * extractors as of yt-dlp 2026.10; docs/social-video.md has the same table for people.
 */
const TABLE: readonly (readonly [RegExp, FetchErrorCode])[] = [
  // The post, as its platform describes it.
  [
    /Private video|not authorized to view this protected tweet|You do not have permission to view this post/,
    'private',
  ],
  [
    /Premieres in|This live (event|broadcast) (has not yet started|will begin|is scheduled for)|Premiere will begin shortly|Space not started yet/i,
    'upcoming',
  ],
  [
    /The channel is not currently live|This live (stream|event) (recording is not available|has ended)/,
    'live',
  ],
  [
    /not made this (video|content) available in your country|geo.?restrict|blocked it in your country|not available (from|in) your (location|country|region)/i,
    'geo_blocked',
  ],
  [/Sign in to confirm you.?re not a bot/, 'address_blocked'],
  [/Your IP address is blocked from accessing this post/, 'address_blocked'],
  [
    /The current session has been rate-limited|exceeded the rate-limit|rate.?limit (reached|exceeded)/i,
    'platform_rate_limited',
  ],
  [/HTTP Error (429|999)|Too Many Requests/, 'platform_rate_limited'],
  [
    /Sign in to confirm your age|NSFW tweet requires authentication|Restricted Video|may not be comfortable for some audiences|age.?restricted/i,
    'age_restricted',
  ],
  [
    /Join this channel to get access|requiring login for access|for registered users who follow this account/,
    'login_required',
  ],
  [/Instagram sent an empty media response/, 'login_required'],
  [
    /No video could be found in this tweet|Video #\d+ is unavailable|Media #\d+ is not a video|Space ended and replay is disabled|There is no video in this post|No video formats found|Unable to extract video\b|This video is DRM protected|entries? (are|is) empty/i,
    'no_video',
  ],
  [
    /--cookies-from-browser or --cookies|only available for registered users|You must log in|Login required/i,
    'login_required',
  ],
  [
    /removed by the uploader|Video unavailable|This video (has been removed|is no longer available|is not available)|Video not available, status code|The video is not available, Facebook said|Twitter API says:|Requested tweet is unavailable|\[twitter\] \d+: (Suspended|Deactivated|Deleted)|Broadcast no longer exists|Space not found|account (has been )?(terminated|suspended)|This content isn.?t available/i,
    'gone',
  ],
  // The link, the formats.
  [
    /No suitable extractor|Unsupported URL|is not a valid URL|file:\/\/ URLs are disabled/,
    'unsupported_link',
  ],
  [/Requested format is not available/, 'no_audio'],
  [/larger than max-filesize|File is larger/, 'too_large'],
  // The downloader itself.
  [
    /unable to download video data: HTTP Error 403|nsig extraction failed|Signature extraction failed/i,
    'extractor_outdated',
  ],
  // In warnings these are of something that was tried on the way.
  [/ERROR:[^\n]{0,300}HTTP Error (404|410)/, 'gone'],
  [/ERROR:[^\n]{0,300}HTTP Error 401/, 'login_required'],
  // The way there.
  [
    /Unable to connect to proxy|Tunnel connection failed|Failed to resolve|Name or service not known|timed out|CERTIFICATE_VERIFY_FAILED|\bSSL\b|Connection (refused|reset|aborted|broken)|Remote end closed|Temporary failure in name resolution|UNEXPECTED_EOF|IncompleteRead|HTTP Error 5\d\d|bytes read, \d+ more expected|The downloaded file is empty|Did not get any data blocks|giving up after|fragment not found|Network is unreachable/i,
    'network',
  ],
  [
    /Unexpected response from webpage request|Cannot parse data|An extractor error has occurred|please report this issue|Failed to extract any player response|Failed to parse JSON|Unable to extract|Unable to download (webpage|JSON metadata)/i,
    'extractor_outdated',
  ],
]

/** @param why what is known of it */
export function withoutDownloader(why = ''): string {
  return `This server has no working downloader (yt-dlp).${why} Its operator can see more with \`earshot doctor\`.`
}

/** Our own words: yt-dlp's could carry anything, so they go no further than the log. */
export const MESSAGES: Record<FetchErrorCode, string> = {
  private: 'The post is private.',
  gone: 'The post was removed, or never was.',
  login_required: 'The platform shows this post only to people who are logged in.',
  age_restricted: 'The post is age-restricted, and the platform asks for a login.',
  geo_blocked: 'The post is not available in the country where this server stands.',
  live: 'The post is a live stream. Try again when it has ended and its recording is up.',
  upcoming: 'The post has not been published yet.',
  platform_rate_limited: 'The platform limits this server’s requests at the moment. Try again later.',
  address_blocked: 'The platform blocks this server’s address and asks for a login.',
  no_video: 'There is no video in this post.',
  no_audio: 'The post’s video has no sound.',
  too_long: 'The video is longer than this server allows.',
  too_large: 'The video is larger than this server allows.',
  unsupported_link: 'The post leads to a video outside its platform, which is not supported.',
  network: 'The platform could not be reached, or the connection broke.',
  extractor_outdated: 'The downloader no longer understands this platform’s answers. It needs an update.',
  captions_missing: 'The post has no captions of the wanted kind.',
  fetcher_missing: withoutDownloader(),
}

/** @param maxBytes what is allowed */
export const tooLarge = (maxBytes: number): FetchError =>
  new FetchError(
    'too_large',
    `The video is larger than this server allows (${Math.floor(maxBytes / 2 ** 20)} MB).`,
  )

/** The meaning of what yt-dlp wrote on stderr; `extractor_outdated` where nobody knows it. */
export function classify(stderr: string): FetchErrorCode {
  return TABLE.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'extractor_outdated'
}
