import { describe, expect, test } from 'vitest'
import type { Platform } from '../../ports/fetcher.ts'
import { LinkError, parseLink } from './index.ts'

type Accepted = [url: string, id: string, canonicalUrl: string]

const YT = 'dQw4w9WgXcQ'
const WATCH = `https://www.youtube.com/watch?v=${YT}`
const TT = '7000000000000000001'
const TIKTOK = `https://www.tiktok.com/@_/video/${TT}`
const IG = 'Cx-y_Z12345'
const REEL = `https://www.instagram.com/reel/${IG}/`
const FB = '1234567890123'
const FBWATCH = `https://www.facebook.com/watch/?v=${FB}`
const PFBID = 'pfbid02AbCdEfGhIjKlMnOpQrStUvWxYz'
const TW = '1700000000000000001'
const STATUS = `https://x.com/i/web/status/${TW}`
const LI = '7151241570371948544'
const PIN = '664281013778109217'
const PINNED = `https://www.pinterest.com/pin/${PIN}/`

const MEDIA: Record<Platform, Accepted[]> = {
  youtube: [
    ...[
      WATCH,
      `http://www.youtube.com/watch?v=${YT}`,
      `https://youtube.com/watch?v=${YT}`,
      `https://m.youtube.com/watch?v=${YT}&pp=ygUF`,
      `https://music.youtube.com/watch?v=${YT}&si=abc`,
      `https://www.youtube.com/watch?app=desktop&v=${YT}&t=42s#x`,
      `https://www.youtube.com/watch?v=${YT}&list=PL1234567890&index=3`,
      `https://WWW.YouTube.com/watch/?v=${YT}`,
      `https://www.youtube.com/shorts/${YT}?feature=share`,
      `https://youtube.com/live/${YT}?si=x`,
      `https://www.youtube.com/embed/${YT}?start=10`,
      `https://www.youtube-nocookie.com/embed/${YT}`,
      `https://www.youtube.com/v/${YT}`,
      `https://www.youtube.com/e/${YT}`,
      `https://www.youtube.com/watch/${YT}`,
      `https://www.youtubekids.com/watch?v=${YT}`,
      `https://youtu.be/${YT}?si=AbC&t=5`,
      `https://youtu.be/${YT}/`,
      `  ${WATCH}  `,
    ].map((url): Accepted => [url, YT, WATCH]),
    ['https://youtu.be/-_aaaaaaaa1', '-_aaaaaaaa1', 'https://www.youtube.com/watch?v=-_aaaaaaaa1'],
  ],
  tiktok: [
    `https://www.tiktok.com/@some.user_1/video/${TT}`,
    `https://www.tiktok.com/@some.user/video/${TT}?is_from_webapp=1&sender_device=pc`,
    `https://tiktok.com/@u/video/${TT}`,
    `https://m.tiktok.com/@u/video/${TT}`,
    `https://www.tiktok.com/@/video/${TT}`,
    `https://www.tiktok.com/%40u/video/${TT}`,
    `https://www.tiktok.com/embed/${TT}`,
    `https://www.tiktok.com/embed/v2/${TT}`,
    `https://www.tiktok.com/player/v1/${TT}`,
    `https://www.tiktok.com/share/video/${TT}`,
    `https://www.tiktokv.com/share/video/${TT}/`,
    `https://m.tiktok.com/v/${TT}.html`,
    `https://m.tiktok.com/i18n/share/video/${TT}`,
  ].map((url) => [url, TT, TIKTOK]),
  instagram: [
    `https://www.instagram.com/p/${IG}/`,
    `https://instagram.com/reel/${IG}`,
    `https://www.instagram.com/reels/${IG}/?igsh=abc==`,
    `https://www.instagram.com/tv/${IG}/`,
    `https://www.instagram.com/some.user/p/${IG}/`,
    `https://www.instagram.com/some_user/reel/${IG}/?utm_source=ig_web_copy_link`,
    `https://m.instagram.com/p/${IG}/`,
  ].map((url) => [url, IG, REEL]),
  facebook: [
    ...[
      FBWATCH,
      `https://www.facebook.com/watch?v=${FB}&ref=sharing`,
      `https://m.facebook.com/watch/?v=${FB}&_rdr`,
      `https://www.facebook.com/watch/live/?v=${FB}`,
      `https://web.facebook.com/some.page/videos/${FB}/`,
      `https://www.facebook.com/some.page/videos/a-title-here/${FB}/`,
      `https://www.facebook.com/some.page/videos/vb.100/${FB}/?type=2`,
      `https://www.facebook.com/reel/${FB}/?s=single_unit`,
      `https://facebook.com/video.php?v=${FB}`,
      `https://www.facebook.com/video/video.php?v=${FB}`,
      `https://www.facebook.com/photo.php?v=${FB}`,
      `https://www.facebook.com/video/embed?video_id=${FB}`,
      `https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fpage%2Fvideos%2F${FB}%2F&width=560`,
      `https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Freel%2F${FB}`,
    ].map((url): Accepted => [url, FB, FBWATCH]),
    [
      `https://www.facebook.com/a.page/posts/${PFBID}`,
      PFBID,
      `https://www.facebook.com/a.page/posts/${PFBID}`,
    ],
    [`https://m.facebook.com/a.page/posts/title/${FB}/`, FB, `https://www.facebook.com/a.page/posts/${FB}`],
    [
      `https://www.facebook.com/groups/g.1/permalink/${FB}/`,
      FB,
      `https://www.facebook.com/groups/g.1/posts/${FB}`,
    ],
    [`https://www.facebook.com/groups/77/posts/${FB}`, FB, `https://www.facebook.com/groups/77/posts/${FB}`],
    [
      `https://m.facebook.com/story.php?story_fbid=${PFBID}&id=100044`,
      PFBID,
      `https://www.facebook.com/permalink.php?story_fbid=${PFBID}&id=100044`,
    ],
    [
      `https://www.facebook.com/permalink.php?id=100044&story_fbid=${FB}`,
      FB,
      `https://www.facebook.com/permalink.php?story_fbid=${FB}&id=100044`,
    ],
    [`https://www.facebook.com/events/${FB}/`, FB, `https://www.facebook.com/events/${FB}`],
  ],
  twitter: [
    ...[
      `https://twitter.com/user/status/${TW}`,
      `https://x.com/user/status/${TW}?s=20&t=abc`,
      `https://www.x.com/user/status/${TW}/`,
      `https://mobile.twitter.com/user/status/${TW}`,
      `https://m.twitter.com/user/status/${TW}`,
      `https://x.com/i/web/status/${TW}`,
      `https://x.com/i/status/${TW}`,
      `https://twitter.com/statuses/${TW}`,
      `https://x.com/user/status/${TW}/video/1`,
      `https://twitter.com/i/videos/${TW}`,
      `https://twitter.com/i/videos/tweet/${TW}`,
      `https://x.com/i/bookmarks?post_id=${TW}`,
      `https://vxtwitter.com/user/status/${TW}`,
      `https://fixvx.com/user/status/${TW}`,
    ].map((url): Accepted => [url, TW, STATUS]),
    [`https://x.com/user/status/${TW}/video/2`, `${TW}/2`, `${STATUS}/video/2`],
    [
      'https://x.com/i/broadcasts/1yNGaQLWpejGj',
      'broadcasts/1yNGaQLWpejGj',
      'https://x.com/i/broadcasts/1yNGaQLWpejGj',
    ],
    [
      'https://twitter.com/i/spaces/1OwxWwQOPlNxQ',
      'spaces/1OwxWwQOPlNxQ',
      'https://x.com/i/spaces/1OwxWwQOPlNxQ',
    ],
  ],
  linkedin: [
    ...['activity', 'ugcPost', 'share'].map((kind): Accepted => {
      const url = `https://www.linkedin.com/posts/some-one_topic-${kind}-${LI}-4Gu7`
      return [`${url}?utm_source=share`, LI, url]
    }),
    [
      `https://uk.linkedin.com/posts/caf%C3%A9_x-activity-${LI}-4Gu7/`,
      LI,
      `https://www.linkedin.com/posts/caf%C3%A9_x-activity-${LI}-4Gu7`,
    ],
    [
      `https://www.linkedin.com/posts/café_x-activity-${LI}-4Gu7/`,
      LI,
      `https://www.linkedin.com/posts/caf%C3%A9_x-activity-${LI}-4Gu7`,
    ],
    ...[
      `https://www.linkedin.com/feed/update/urn:li:activity:${LI}/?utm_source=share`,
      `https://linkedin.com/feed/update/urn%3Ali%3Aactivity%3A${LI}`,
      `https://www.linkedin.com/embed/feed/update/urn:li:activity:${LI}?compact=1`,
    ].map((url): Accepted => [url, LI, `https://www.linkedin.com/feed/update/urn:li:activity:${LI}`]),
  ],
  pinterest: [
    `https://www.pinterest.com/pin/${PIN}/`,
    `https://pinterest.com/pin/${PIN}`,
    `https://www.pinterest.co.uk/pin/${PIN}/?mt=login`,
    `https://de.pinterest.com/pin/${PIN}/sent/?invite_code=x`,
    `https://www.pinterest.de/pin/a-nice-slug--${PIN}/`,
    `https://pinterest.com.mx/pin/${PIN}/`,
  ].map((url) => [url, PIN, PINNED]),
}

const SHORT: [url: string, asked: string, platform: Platform | null][] = [
  ['https://vm.tiktok.com/ZMabc123/', 'https://vm.tiktok.com/ZMabc123/', 'tiktok'],
  ['http://vt.tiktok.com/ZSabc123', 'https://vt.tiktok.com/ZSabc123/', 'tiktok'],
  ['https://www.tiktok.com/t/ZTabc123/?k=1', 'https://www.tiktok.com/t/ZTabc123/', 'tiktok'],
  ['https://tiktok.com/t/ZTabc123', 'https://www.tiktok.com/t/ZTabc123/', 'tiktok'],
  ['https://fb.watch/abC-1_x/?mibextid=1', 'https://fb.watch/abC-1_x/', 'facebook'],
  ['https://www.facebook.com/share/v/1AbCdEf/', 'https://www.facebook.com/share/v/1AbCdEf/', 'facebook'],
  ['https://www.facebook.com/share/r/1AbCdEf/?x=y', 'https://www.facebook.com/share/r/1AbCdEf/', 'facebook'],
  ['https://m.facebook.com/share/p/1AbCdEf', 'https://m.facebook.com/share/p/1AbCdEf/', 'facebook'],
  ['https://www.facebook.com/share/1AbCdEf', 'https://www.facebook.com/share/1AbCdEf/', 'facebook'],
  ['https://www.instagram.com/share/BAabc123', 'https://www.instagram.com/share/BAabc123/', 'instagram'],
  [
    'https://www.instagram.com/share/reel/_abc123',
    'https://www.instagram.com/share/reel/_abc123/',
    'instagram',
  ],
  ['https://instagram.com/share/p/_abc123/', 'https://www.instagram.com/share/p/_abc123/', 'instagram'],
  ['https://t.co/AbCdEf1234', 'https://t.co/AbCdEf1234', null],
  ['https://lnkd.in/eAbC_d-1', 'https://lnkd.in/eAbC_d-1', null],
  ['https://lnkd.in/p/eAbC_d-1', 'https://lnkd.in/p/eAbC_d-1', null],
  ['https://pin.it/1AbCdEfGh', 'https://pin.it/1AbCdEfGh', 'pinterest'],
  [
    'https://api.pinterest.com/url_shortener/1AbC/redirect/',
    'https://api.pinterest.com/url_shortener/1AbC/redirect/',
    'pinterest',
  ],
]

/** Real pages of the platforms that are no single video: the message says what they are. */
const REFUSED: [url: string, what: string][] = [
  ['https://www.youtube.com/playlist?list=PL1234567890', 'A YouTube playlist'],
  ['https://music.youtube.com/playlist?list=OLAK5uy', 'A YouTube playlist'],
  ['https://www.youtube.com/embed/videoseries?list=PL123', 'A YouTube playlist'],
  ['https://www.youtube.com/@SomeChannel', 'A YouTube channel'],
  ['https://www.youtube.com/@SomeChannel/videos', 'A YouTube channel'],
  ['https://www.youtube.com/channel/UCxxxxxxxxxxxxxxxxxxxxxx', 'A YouTube channel'],
  ['https://www.youtube.com/c/Some', 'A YouTube channel'],
  ['https://www.youtube.com/user/some', 'A YouTube channel'],
  ['https://www.youtube.com/clip/UgkxAbC', 'A YouTube clip'],
  ['https://www.tiktok.com/@user', 'A TikTok profile'],
  ['https://www.tiktok.com/@user/live', 'A TikTok live stream'],
  [`https://www.tiktok.com/@user/photo/${TT}`, 'A TikTok photo post'],
  ['https://www.tiktok.com/music/a-song-7000000000000000001', 'A TikTok music page'],
  ['https://www.instagram.com/stories/user/3100000000000000000/', 'An Instagram story'],
  ['https://www.instagram.com/some.user/', 'An Instagram profile'],
  ['https://www.instagram.com/reels/audio/123456789/', 'An Instagram list of reels'],
  ['https://www.facebook.com/stories/123456789', 'A Facebook story'],
  ['https://www.facebook.com/photo/?fbid=123456789', 'A Facebook photo post'],
  ['https://www.facebook.com/photo.php?fbid=123456789', 'A Facebook photo post'],
  ['https://www.facebook.com/some.page/photos/123456789', 'A Facebook photo post'],
  ['https://www.facebook.com/some.page', 'A Facebook page'],
  ['https://www.facebook.com/some.page/videos/', 'A Facebook list of videos'],
  [`https://x.com/user/status/${TW}/photo/1`, 'A photo on Twitter/X'],
  ['https://x.com/user', 'A profile on Twitter/X'],
  ['https://www.linkedin.com/in/some-one/', 'A LinkedIn profile'],
  ['https://www.linkedin.com/company/some/', 'A LinkedIn profile'],
  ['https://www.linkedin.com/learning/course/video', 'A LinkedIn learning page'],
  ['https://www.pinterest.com/some-user/', 'A Pinterest profile or board'],
  ['https://www.pinterest.com/some-user/some-board/', 'A Pinterest profile or board'],
]

const HOSTILE: string[] = [
  // not links at all
  '',
  ' ',
  YT,
  `www.youtube.com/watch?v=${YT}`,
  `//www.youtube.com/watch?v=${YT}`,
  'ytsearch:cats',
  ':ytfav',
  'youtube',
  // arguments
  '--exec=id',
  '-J',
  `--batch-file=/etc/passwd`,
  `--config-locations=/tmp/x ${WATCH}`,
  `${WATCH} --exec id`,
  'https://www.youtube.com/watch?v=--exec=touc',
  'https://www.youtube.com/watch?v=-J',
  `https://www.youtube.com/watch?v=${YT}'; rm -rf /`,
  // other schemes
  'file:///etc/passwd',
  'file://www.youtube.com/watch?v=dQw4w9WgXcQ',
  `ftp://www.youtube.com/watch?v=${YT}`,
  `javascript:fetch("https://www.youtube.com/watch?v=${YT}")`,
  'data:text/html,https://youtu.be/dQw4w9WgXcQ',
  'gopher://127.0.0.1:6379/_x',
  `view-source:${WATCH}`,
  `blob:${WATCH}`,
  `https:www.youtube.com/watch?v=${YT}`,
  `https:/www.youtube.com/watch?v=${YT}`,
  `https:///www.youtube.com/watch?v=${YT}`,
  `https:\\\\www.youtube.com\\watch?v=${YT}`,
  // user names and ports
  `https://www.youtube.com@127.0.0.1/watch?v=${YT}`,
  `https://user:password@www.youtube.com/watch?v=${YT}`,
  `https://@www.youtube.com/watch?v=${YT}`,
  `https://evil.example\\@www.youtube.com/watch?v=${YT}`,
  `https://www.youtube.com%40evil.example/watch?v=${YT}`,
  `https://www.youtube.com:8443/watch?v=${YT}`,
  `https://www.youtube.com:443/watch?v=${YT}`,
  `https://www.youtube.com:22/watch?v=${YT}`,
  `https://www.youtube.com:/watch?v=${YT}`,
  // addresses
  `https://127.0.0.1/watch?v=${YT}`,
  `https://2130706433/watch?v=${YT}`,
  `https://0177.0.0.1/watch?v=${YT}`,
  `https://0x7f.0.0.1/watch?v=${YT}`,
  `https://0x7f000001/watch?v=${YT}`,
  `https://127.1/watch?v=${YT}`,
  `https://[::1]/watch?v=${YT}`,
  `https://[::ffff:127.0.0.1]/watch?v=${YT}`,
  `https://[fd00:ec2::254]/latest/`,
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://localhost/watch?v=dQw4w9WgXcQ',
  'http://metadata.google.internal/',
  // hosts that only look right
  `https://youtube.com.evil.example/watch?v=${YT}`,
  `https://evil-youtube.com/watch?v=${YT}`,
  `https://notyoutube.com/watch?v=${YT}`,
  `https://youtube.co/watch?v=${YT}`,
  `https://youtube.com.:443/watch?v=${YT}`,
  `https://www.youtube.com./watch?v=${YT}`,
  `https://evil.www.youtube.com/watch?v=${YT}`,
  `https://accounts.youtube.com/watch?v=${YT}`,
  `https://yоutube.com/watch?v=${YT}`, // a Cyrillic o
  `https://ｗｗｗ.youtube.com/watch?v=${YT}`, // full-width letters
  `https://www。youtube。com/watch?v=${YT}`, // ideographic full stops
  `https://www.you\u00adtube.com/watch?v=${YT}`, // a soft hyphen
  `https://xn--yutube-bg7b.com/watch?v=${YT}`,
  `https://www.youtube%2ecom/watch?v=${YT}`,
  `https://hooktube.com/watch?v=${YT}`,
  `https://invidious.io/watch?v=${YT}`,
  `https://tiktok.com.evil.example/@u/video/${TT}`,
  `https://evil.tiktok.com/@u/video/${TT}`,
  `https://instagram.com.evil.example/reel/${IG}/`,
  `https://facebook.com.evil.example/watch/?v=${FB}`,
  `https://l.facebook.com/l.php?u=https%3A%2F%2F127.0.0.1`,
  `https://x.com.evil.example/user/status/${TW}`,
  `https://ax.com/user/status/${TW}`,
  `https://linkedin.com.evil.example/posts/a-activity-${LI}-4Gu7`,
  `https://evil.linkedin.com/posts/a-activity-${LI}-4Gu7`,
  `https://pinterest.evil/pin/${PIN}/`,
  `https://evil.pinterest.com/pin/${PIN}/`,
  `https://pin.it.evil.example/1AbCdEf`,
  `https://t.co.evil.example/AbCdEf`,
  // control characters, spaces, line breaks
  `https://www.youtube.com/watch?v=${YT}\nhttps://evil.example`,
  `https://www.you\ntube.com/watch?v=${YT}`,
  `https://www.youtube.com\t/watch?v=${YT}`,
  `https://www.youtube.com/wa\ttch?v=${YT}`,
  `https://www.youtube.com/watch?v=${YT}\r\nX: y`,
  `https://www.youtube.com/watch?v=${YT}\0`,
  `\0${WATCH}`,
  `\n${WATCH}`,
  `${WATCH}\n`,
  `https://www.youtube.com/watch?v=dQw4w9\u2028WgXcQ`,
  `https://www.youtube.com/watch?v=${YT}\u00a0`,
  `https://www.youtube.com/watch?v=${YT}\u200b`,
  // shapes that are nearly right
  'https://www.youtube.com/',
  'https://www.youtube.com/watch',
  'https://www.youtube.com/watch?v=',
  'https://www.youtube.com/watch?v=short',
  'https://www.youtube.com/watch?v=dQw4w9WgXcQQ',
  'https://www.youtube.com/watch?v=dQw4w9WgXc%0a',
  'https://www.youtube.com/watch?v=../../etc/x',
  `https://www.youtube.com/watch?v=${YT}&v=aaaaaaaaaaa`,
  `https://www.youtube.com/watch#v=${YT}`,
  `https://www.youtube.com/redirect?q=https%3A%2F%2F127.0.0.1`,
  `https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3D${YT}`,
  `https://www.youtube.com/shorts/${YT}/../../evil/x`,
  `https://youtu.be/${YT}/extra`,
  'https://www.tiktok.com/@u/video/7000a',
  'https://www.tiktok.com/@u/video/',
  `https://www.tiktok.com/@u/video/${TT}/extra`,
  'https://vm.tiktok.com/',
  'https://vm.tiktok.com/%2e%2e%2fx',
  'https://vm.tiktok.com/a/b/c',
  'https://www.tiktok.com/t/',
  'https://www.instagram.com/p/',
  'https://www.instagram.com/p/a%2Fb%2Fc%2Fd',
  'https://www.instagram.com/share/evil/BAabc123',
  'https://www.instagram.com/accounts/login/?next=/p/abc',
  'https://www.facebook.com/watch/',
  'https://www.facebook.com/watch/?v=abc',
  `https://www.facebook.com/watch/?v=${FB}&v=1`,
  'https://www.facebook.com/flx/warn/?u=https%3A%2F%2F127.0.0.1%2F',
  'https://www.facebook.com/plugins/video.php?href=https%3A%2F%2F127.0.0.1%2Fvideos%2F1234567890%2F',
  'https://www.facebook.com/plugins/video.php?href=file%3A%2F%2F%2Fetc%2Fpasswd',
  'https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fplugins%2Fvideo.php%3Fhref%3Dx',
  'https://www.facebook.com/l.php?u=https%3A%2F%2F127.0.0.1',
  'https://www.facebook.com/login/?next=https%3A%2F%2F127.0.0.1',
  'https://www.facebook.com/share/x/1AbCdEf/',
  `https://www.facebook.com/a%2Fb/posts/${PFBID}`,
  'https://x.com/user/status/12a',
  `https://x.com/user/status/${TW}/video/x`,
  `https://x.com/user/status/${TW}/video/99`,
  `https://x.com/user/status/${TW}/analytics`,
  'https://x.com/i/flow/login',
  'https://t.co/',
  'https://t.co/a/b/c',
  'https://t.co/..%2f..%2fx',
  'https://lnkd.in/',
  'https://lnkd.in/x/y/z',
  `https://www.linkedin.com/posts/a-activity-${LI}`,
  `https://www.linkedin.com/posts/a b-activity-${LI}-4Gu7`,
  `https://www.linkedin.com/feed/update/urn:li:ugcPost:${LI}`,
  'https://www.linkedin.com/redir/redirect?url=https%3A%2F%2F127.0.0.1',
  'https://www.pinterest.com/pin/abc/',
  'https://www.pinterest.com/pin/create/button/?url=https://127.0.0.1',
  'https://api.pinterest.com/v3/users/',
  'https://api.pinterest.com/url_shortener/..%2fx/redirect/',
  `https://www.youtube.com/watch?v=${YT}&x=${'a'.repeat(2100)}`,
]

for (const [platform, rows] of Object.entries(MEDIA)) {
  describe(platform, () => {
    test.each(rows)('%s', (url, id, canonicalUrl) => {
      expect(parseLink(url)).toEqual({ kind: 'media', link: { platform, id, canonicalUrl } })
    })
  })
}

describe('canonical links', () => {
  test.each(Object.values(MEDIA).flat())('of %s stay themselves', (_, id, canonicalUrl) => {
    expect(parseLink(canonicalUrl)).toMatchObject({ kind: 'media', link: { id, canonicalUrl } })
  })
})

describe('short links', () => {
  test.each(SHORT)('%s', (url, asked, platform) => {
    expect(parseLink(url)).toEqual({ kind: 'short', link: { platform, url: asked } })
  })
})

describe('what is no single video', () => {
  test.each(REFUSED)('%s', (url, what) => {
    expect(() => parseLink(url)).toThrow(LinkError)
    expect(() => parseLink(url)).toThrow(`${what} is not a single video. Accepted from `)
  })
})

describe('hostile', () => {
  test.each(HOSTILE.map((url) => [url]))('%j', (url) => {
    expect(() => parseLink(url)).toThrow(LinkError)
  })
})

test('the message repeats nothing of a hostile URL', () => {
  for (const url of HOSTILE.filter((each) => each.includes('evil'))) {
    try {
      parseLink(url)
    } catch (error) {
      expect(String(error)).not.toContain('evil')
    }
  }
})

test('the table is large enough to mean something', () => {
  const rows = Object.values(MEDIA).flat().length + SHORT.length + REFUSED.length + HOSTILE.length
  expect(rows).toBeGreaterThanOrEqual(250)
})
