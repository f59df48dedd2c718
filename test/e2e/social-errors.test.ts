/** What platforms refuse, through the whole program: each reason has its words, its status and its code, and costs nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListTranscriptionsReply } from '../../src/contract/native.ts'
import { parseLink } from '../../src/domain/links/index.ts'
import { DOUBLE_TEXT } from '../support/platform-double/index.ts'
import { type PublicAnswer, type SocialInstallation, socialClient, startSocial } from '../support/social.ts'

const LIMIT_MB = 20

const REFUSALS = {
  'fetch.private': [400, 'The post is private.'],
  'fetch.gone': [400, 'The post was removed, or never was.'],
  'fetch.login_required': [400, 'The platform shows this post only to people who are logged in.'],
  'fetch.age_restricted': [400, 'The post is age-restricted, and the platform asks for a login.'],
  'fetch.geo_blocked': [400, 'The post is not available in the country where this server stands.'],
  'fetch.live': [400, 'The post is a live stream. Try again when it has ended and its recording is up.'],
  'fetch.upcoming': [400, 'The post has not been published yet.'],
  'fetch.no_video': [400, 'There is no video in this post.'],
  'fetch.no_audio': [400, 'The post’s video has no sound.'],
  'fetch.too_long': [400, 'The video is longer than this server allows (60 minutes).'],
  'fetch.too_large': [400, `The video is larger than this server allows (${LIMIT_MB} MB).`],
  'fetch.unsupported_link': [400, 'The post leads to a video outside its platform, which is not supported.'],
  'fetch.platform_rate_limited': [
    500,
    'The platform limits this server’s requests at the moment. Try again later.',
  ],
  'fetch.address_blocked': [500, 'The platform blocks this server’s address and asks for a login.'],
  'fetch.network': [500, 'The platform could not be reached, or the connection broke.'],
  'fetch.extractor_outdated': [
    500,
    'The downloader no longer understands this platform’s answers. It needs an update.',
  ],
} as const satisfies Record<string, readonly [number, string]>

const youtube = (id: string): string => `https://www.youtube.com/watch?v=${id}`
const tiktok = (ending: string): string => `https://www.tiktok.com/@double/video/7000000000000000${ending}`
const instagram = (code: string): string => `https://www.instagram.com/reel/${code}/`
const facebook = (ending: string): string => `https://www.facebook.com/watch/?v=1234567${ending}`
const x = (ending: string): string => `https://x.com/double/status/1700000000000000${ending}`
const linkedin = (ending: string): string =>
  `https://www.linkedin.com/posts/double_x-activity-7151241570371948${ending}-4Gu7`
const pinterest = (ending: string): string => `https://www.pinterest.com/pin/664281013778109${ending}/`

const ROWS: [what: string, url: string, code: keyof typeof REFUSALS][] = [
  ['YouTube: private', youtube('privAAAAAA1'), 'fetch.private'],
  ['X: protected', x('401'), 'fetch.private'],
  ['TikTok: a private post', tiktok('216'), 'fetch.private'],
  ['TikTok: a private account', tiktok('222'), 'fetch.private'],
  ['YouTube: removed', youtube('goneAAAAAA1'), 'fetch.gone'],
  ['X: suspended', x('405'), 'fetch.gone'],
  ['TikTok: removed', tiktok('231'), 'fetch.gone'],
  ['Facebook: removed', facebook('404'), 'fetch.gone'],
  ['LinkedIn: 404', linkedin('404'), 'fetch.gone'],
  ['Pinterest: 404', pinterest('404'), 'fetch.gone'],
  ['YouTube: not a bot?', youtube('botxAAAAAA1'), 'fetch.address_blocked'],
  ['TikTok: this address', tiktok('204'), 'fetch.address_blocked'],
  ['YouTube: age', youtube('agexAAAAAA1'), 'fetch.age_restricted'],
  ['X: adults', x('402'), 'fetch.age_restricted'],
  ['TikTok: some audiences', tiktok('018'), 'fetch.age_restricted'],
  ['Instagram: restricted', instagram('RestAAAAA_1'), 'fetch.age_restricted'],
  ['YouTube: members', youtube('membAAAAAA1'), 'fetch.login_required'],
  ['TikTok: login', tiktok('301'), 'fetch.login_required'],
  ['Facebook: login', facebook('401'), 'fetch.login_required'],
  ['Instagram: nothing for strangers', instagram('GoneAAAAA_1'), 'fetch.login_required'],
  ['Instagram: followers', instagram(`GoneAAAAA_1${'A'.repeat(28)}`), 'fetch.login_required'],
  ['YouTube: other countries', youtube('geoxAAAAAA1'), 'fetch.geo_blocked'],
  ['YouTube: on air', youtube('liveAAAAAA1'), 'fetch.live'],
  ['YouTube: a première', youtube('premAAAAAA1'), 'fetch.upcoming'],
  ['X: words', x('406'), 'fetch.no_video'],
  ['X: a link to elsewhere', x('407'), 'fetch.unsupported_link'],
  ['Instagram: a photo', instagram('PhotAAAAA_1'), 'fetch.no_video'],
  ['LinkedIn: words', linkedin('001'), 'fetch.no_video'],
  ['Pinterest: a picture', pinterest('001'), 'fetch.no_video'],
  ['YouTube: mute', youtube('muteAAAAAA1'), 'fetch.no_audio'],
  ['Instagram: mute', instagram('MuteAAAAA_1'), 'fetch.no_audio'],
  ['LinkedIn: mute', linkedin('002'), 'fetch.no_audio'],
  ['Pinterest: a video of another site', pinterest('003'), 'fetch.unsupported_link'],
  ['YouTube: long', youtube('longAAAAAA1'), 'fetch.too_long'],
  ['YouTube: large, and says so', youtube('hugeAAAAAA1'), 'fetch.too_large'],
  ['YouTube: never ends', youtube('endlAAAAAA1'), 'fetch.too_large'],
  ['YouTube: 403 for the media', youtube('m403AAAAAA1'), 'fetch.extractor_outdated'],
  ['TikTok: a page of another shape', tiktok('500'), 'fetch.extractor_outdated'],
  ['Facebook: a page of another shape', facebook('500'), 'fetch.extractor_outdated'],
  ['YouTube: 429', youtube('h429AAAAAA1'), 'fetch.platform_rate_limited'],
  ['YouTube: try again later', youtube('rateAAAAAA1'), 'fetch.platform_rate_limited'],
  ['TikTok: 429', tiktok('429'), 'fetch.platform_rate_limited'],
  ['Instagram: sent to the login', instagram('RateAAAAA_1'), 'fetch.platform_rate_limited'],
  ['X: 429 on both ways', x('430'), 'fetch.platform_rate_limited'],
  ['LinkedIn: 999', linkedin('999'), 'fetch.platform_rate_limited'],
  ['YouTube: 503 for the media', youtube('m503AAAAAA1'), 'fetch.network'],
  ['YouTube: cut off', youtube('cutxAAAAAA1'), 'fetch.network'],
]
const PASSES = linkedin('998')

const idOf = (url: string): string => {
  const parsed = parseLink(url)
  return parsed.kind === 'media' ? parsed.link.id : ''
}

let installation: SocialInstallation
let client: Awaited<ReturnType<typeof socialClient>>
/** All are asked at once, so that the pauses of some are the work of others. */
const answers = new Map<string, Promise<PublicAnswer>>()

beforeAll(async () => {
  installation = await startSocial({
    EARSHOT_MAX_MINUTES: '60',
    EARSHOT_MAX_UPLOAD_MB: String(LIMIT_MB),
    EARSHOT_JOBS: '8',
  })
  client = await socialClient(installation, ROWS.length + 1)
  // Those that are tried again come first: they wait the longest.
  for (const url of [PASSES, ...ROWS.map((row) => row[1]).reverse()]) answers.set(url, client.transcribe(url))
})
afterAll(() => installation?.close())

describe('refused', () => {
  it.each(ROWS)(
    '%s',
    async (_, url, code) => {
      const [status, error] = REFUSALS[code]
      expect(await answers.get(url)).toEqual({ status, body: { error } })
    },
    240_000,
  )
})

it('passes by itself: LinkedIn refuses twice, and then does not', async () => {
  const { status, body } = await answers.get(PASSES)!
  expect({ status, text: body.caption?.text }).toEqual({ status: 200, text: DOUBLE_TEXT })
})

it('the native API has a code for each, and only the transcript was charged', async () => {
  await Promise.all(answers.values())
  const { items } = (await client.native.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=100'))
    .body
  const said = new Map(items.map(({ source, error }) => [source.kind === 'link' ? source.id : '', error]))
  expect(items.filter((each) => each.state !== 'failed')).toHaveLength(1)
  for (const [, url, code] of ROWS) expect(said.get(idOf(url))).toEqual({ code, message: REFUSALS[code][1] })
  expect(await client.credits()).toMatchObject({ pending: 0, posted: ROWS.length })
})

it('what passes by itself was tried three times', () => {
  const asked = (part: string): number =>
    installation.double.requests.filter((each) => each.includes(part)).length
  expect(asked(linkedin('998'))).toBe(3)
  expect(asked(linkedin('999'))).toBe(3)
  expect(asked(linkedin('404'))).toBe(1)
})
