import { expect, test } from 'vitest'
import type { FetchErrorCode } from '../../ports/fetcher.ts'
import { classify, MESSAGES } from './classify.ts'

const LOGIN =
  ' Use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp/wiki/FAQ'
const BUG =
  '; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the template'

/** What extractors say, in their own words; test/e2e/social-errors.test.ts provokes most of them. */
const SAID: [code: FetchErrorCode, stderr: string][] = [
  ['private', 'ERROR: [youtube] aaaaaaaaaa1: Private video. Sign in if you’ve been granted access'],
  ['private', `ERROR: [twitter] 1: You are not authorized to view this protected tweet.${LOGIN}`],
  [
    'private',
    `ERROR: [TikTok] 1: You do not have permission to view this post. Log into an account.${LOGIN}`,
  ],
  ['gone', 'ERROR: [youtube] 1: Video unavailable. This video has been removed by the uploader'],
  ['gone', 'ERROR: [youtube] 1: This video is no longer available because the account has been terminated'],
  ['gone', 'ERROR: [twitter] 1: Twitter API says: This Post is from a suspended account'],
  ['gone', 'ERROR: [twitter] 1: Requested tweet is unavailable'],
  ['gone', 'ERROR: [twitter] 1: Suspended'],
  ['gone', 'ERROR: [twitter:broadcast] 1: Broadcast no longer exists'],
  ['gone', 'ERROR: [twitter:spaces] 1: Twitter Space not found'],
  ['gone', 'ERROR: [LinkedIn] 1: Unable to download webpage: HTTP Error 404: Not Found'],
  ['gone', `ERROR: [TikTok] 1: Video not available, status code 10204${BUG}`],
  ['gone', 'ERROR: [facebook] 1: The video is not available, Facebook said: "This content isn’t available"'],
  [
    'extractor_outdated',
    'WARNING: [youtube] 1: Unable to download webpage: HTTP Error 404: Not Found\nERROR: 1: An extractor error has occurred.',
  ],
  ['address_blocked', `ERROR: [youtube] 1: Sign in to confirm you’re not a bot.${LOGIN}`],
  ['address_blocked', `ERROR: [youtube] 1: Sign in to confirm you're not a bot.${LOGIN}`],
  ['address_blocked', 'ERROR: [TikTok] 1: Your IP address is blocked from accessing this post'],
  [
    'age_restricted',
    `ERROR: [youtube] 1: Sign in to confirm your age. This video may be inappropriate.${LOGIN}`,
  ],
  ['age_restricted', `ERROR: [twitter] 1: NSFW tweet requires authentication.${LOGIN}`],
  ['age_restricted', `ERROR: [Instagram] 1: Restricted Video: You must be 18 years old.${LOGIN}`],
  [
    'age_restricted',
    'WARNING: [TikTok] 1: This post may not be comfortable for some audiences. Log in for access',
  ],
  ['login_required', `ERROR: [facebook] 1: This video is only available for registered users.${LOGIN}`],
  ['login_required', `WARNING: [TikTok] 1: TikTok is requiring login for access to this content.${LOGIN}`],
  ['login_required', 'ERROR: [youtube] 1: Join this channel to get access to members-only content'],
  ['login_required', 'ERROR: [Instagram] 1: only available for registered users who follow this account'],
  [
    'login_required',
    'ERROR: [Instagram] 1: Instagram sent an empty media response. Check if this post is accessible',
  ],
  [
    'platform_rate_limited',
    `ERROR: [Instagram] 1: The webpage request was redirected to the login page. You have exceeded the rate-limit for accessing posts anonymously.${LOGIN}`,
  ],
  [
    'platform_rate_limited',
    'WARNING: [youtube] HTTP Error 429: Too Many Requests\nERROR: [youtube] 1: Failed to extract any player response',
  ],
  [
    'platform_rate_limited',
    'ERROR: [LinkedIn] 1: Unable to download webpage: HTTP Error 999: Request denied',
  ],
  [
    'platform_rate_limited',
    'ERROR: [youtube] 1: Video unavailable. This content isn’t available, try again later. The current session has been rate-limited by YouTube for up to an hour.',
  ],
  ['geo_blocked', 'ERROR: [youtube] 1: The uploader has not made this video available in your country'],
  [
    'geo_blocked',
    'ERROR: [twitter] 1: This video is not available from your location due to geo restriction',
  ],
  ['live', 'ERROR: [youtube] 1: The channel is not currently live'],
  ['live', 'ERROR: [youtube] 1: This live event has ended.'],
  ['upcoming', 'ERROR: [youtube] 1: Premieres in 3 hours'],
  ['upcoming', 'ERROR: [youtube] 1: This live event will begin in a few moments.'],
  ['upcoming', 'ERROR: [LinkedIn:events] 1: This live event has not yet started'],
  ['upcoming', 'ERROR: [LinkedIn:events] 1: This live event is scheduled for Nov 30'],
  ['upcoming', 'ERROR: [twitter:broadcast] 1: This live broadcast has not yet started'],
  ['upcoming', 'ERROR: [twitter:spaces] 1: Twitter Space not started yet'],
  ['no_video', 'ERROR: [twitter:spaces] 1: Twitter Space ended and replay is disabled'],
  ['no_video', 'ERROR: [twitter] 1: No video could be found in this tweet'],
  ['no_video', 'ERROR: [twitter] 1: Video #2 is unavailable'],
  ['no_video', 'ERROR: [twitter] 1: Media #1 is not a video'],
  ['no_video', 'ERROR: [Instagram] 1: There is no video in this post'],
  ['no_video', `ERROR: [LinkedIn] 1: Unable to extract video${BUG}`],
  ['no_video', `ERROR: [Pinterest] 1: No video formats found!${BUG}`],
  ['no_video', 'ERROR: [youtube] 1: This video is DRM protected'],
  ['unsupported_link', 'ERROR: No suitable extractor found for URL https://evil.example/'],
  ['unsupported_link', 'ERROR: Unsupported URL: https://evil.example/'],
  ['unsupported_link', "ERROR: [generic] 'x' is not a valid URL. Set --default-search"],
  ['unsupported_link', 'ERROR: file:// URLs are disabled by default in yt-dlp for security reasons.'],
  ['no_audio', 'ERROR: [youtube] 1: Requested format is not available. Use --list-formats'],
  [
    'network',
    "ERROR: Unable to download webpage: ('Unable to connect to proxy', OSError('Tunnel connection failed: 502'))",
  ],
  ['network', 'ERROR: Unable to download webpage: <urlopen error Tunnel connection failed: 403 Forbidden>'],
  ['network', "ERROR: Unable to download webpage: HTTPSConnection: Failed to resolve 'x' ([Errno -2])"],
  ['network', 'ERROR: Unable to download webpage: The read operation timed out'],
  [
    'network',
    'ERROR: Unable to download webpage: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed',
  ],
  ['network', 'ERROR: unable to download video data: HTTP Error 503: Service Unavailable'],
  [
    'network',
    'ERROR: \r[download] Got error: 4096 bytes read, 1234 more expected. Giving up after 3 retries',
  ],
  ['extractor_outdated', 'ERROR: unable to download video data: HTTP Error 403: Forbidden'],
  ['extractor_outdated', `ERROR: [TikTok] 1: Unexpected response from webpage request${BUG}`],
  ['extractor_outdated', `ERROR: [facebook] 1: Cannot parse data${BUG}`],
  [
    'extractor_outdated',
    `ERROR: [youtube] 1: An extractor error has occurred. (caused by KeyError('x'))${BUG}`,
  ],
  ['extractor_outdated', 'Traceback (most recent call last):'],
  ['extractor_outdated', ''],
]

test.each(SAID)('%s: %s', (code, stderr) => {
  expect(classify(stderr)).toBe(code)
})

test('no two kinds of failure read alike', () => {
  expect(new Set(Object.values(MESSAGES)).size).toBe(Object.keys(MESSAGES).length)
})
