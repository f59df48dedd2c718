/** What people paste: the links' own tests and those of the doors go through all of it. */
import type { Platform } from '../../src/ports/fetcher.ts'

type Accepted = [url: string, id: string, canonicalUrl: string]

export const YT = 'dQw4w9WgXcQ'
export const WATCH = `https://www.youtube.com/watch?v=${YT}`
export const TT = '7000000000000000001'
const TIKTOK = `https://www.tiktok.com/@_/video/${TT}`
export const IG = 'Cx-y_Z12345'
const REEL = `https://www.instagram.com/reel/${IG}/`
export const FB = '1234567890123'
const FBWATCH = `https://www.facebook.com/watch/?v=${FB}`
export const PFBID = 'pfbid02AbCdEfGhIjKlMnOpQrStUvWxYz'
export const TW = '1700000000000000001'
const STATUS = `https://x.com/i/web/status/${TW}`
export const LI = '7151241570371948544'
export const PIN = '664281013778109217'
const PINNED = `https://www.pinterest.com/pin/${PIN}/`

export const MEDIA: Record<Platform, Accepted[]> = {
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
      `www.youtube.com/watch?v=${YT}`,
      `youtu.be/${YT}?si=AbC`,
      `  YouTube.com/shorts/${YT}?si=AbC`,
      `https://gaming.youtube.com/watch?v=${YT}`,
      `https://www.youtube.com/watch_popup?v=${YT}&t=3`,
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
    `https://www.tiktok.com/@some.user/video/${TT}?_r=1&_t=ZS-90abc`,
    `www.tiktok.com/@u/video/${TT}`,
    `https://www.tiktok.com/embed/v3/${TT}`,
  ].map((url) => [url, TT, TIKTOK]),
  instagram: [
    `https://www.instagram.com/p/${IG}/`,
    `https://instagram.com/reel/${IG}`,
    `https://www.instagram.com/reels/${IG}/?igsh=abc==`,
    `https://www.instagram.com/tv/${IG}/`,
    `https://www.instagram.com/some.user/p/${IG}/`,
    `https://www.instagram.com/some_user/reel/${IG}/?utm_source=ig_web_copy_link`,
    `https://m.instagram.com/p/${IG}/`,
    `instagram.com/reel/${IG}/?igsh=MzRlODBiNWFlZA==`,
    `https://instagr.am/p/${IG}/`,
    `https://www.instagram.com/reel/${IG}/embed/captioned/`,
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
      `facebook.com/reel/${FB}?mibextid=wwXIfr`,
      `https://de-de.facebook.com/watch/?v=${FB}&rdid=x`,
      `https://www.fb.com/watch/?v=${FB}`,
      `https://www.facebook.com/some.page/videos/${FB}/?extid=CL-UNK&mibextid=x`,
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
    [
      `facebook.com/a.page/posts/${PFBID}?mibextid=x`,
      PFBID,
      `https://www.facebook.com/a.page/posts/${PFBID}`,
    ],
    [
      `https://www.facebook.com/Café.Zürich/posts/a-title/${PFBID}`,
      PFBID,
      `https://www.facebook.com/Caf%C3%A9.Z%C3%BCrich/posts/${PFBID}`,
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
      `https://fxtwitter.com/user/status/${TW}`,
      `x.com/user/status/${TW}?s=46`,
      `https://x.com/user/status/${TW}/mediaViewer?currentTweet=${TW}`,
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
    ...['some-one_a-few-words', 'some-one-1a2b3c_topic', '%D0%B8%D0%B2%D0%B0%D0%BD_'.repeat(30)].flatMap(
      (name) =>
        ['activity', 'ugcPost'].map((kind): Accepted => {
          const url = `https://www.linkedin.com/posts/${name}-${kind}-${LI}-Brxh`
          return [`${url.slice(8)}?utm_source=share&utm_medium=member_desktop&rcm=ACoAA`, LI, url]
        }),
    ),
    ...['a-B1', '-xyz', 'xy--', '_-_9'].map(
      (check): Accepted => [
        `https://www.linkedin.com/posts/some-one_topic-activity-${LI}-${check}`,
        LI,
        `https://www.linkedin.com/feed/update/urn:li:activity:${LI}`,
      ],
    ),
    ...[
      `https://www.linkedin.com/feed/?highlightedUpdateUrn=urn%3Ali%3Aactivity%3A${LI}&midToken=x`,
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
    `www.pinterest.com/pin/${PIN}/`,
  ].map((url) => [url, PIN, PINNED]),
}

export const SHORT: [url: string, asked: string, platform: Platform | null][] = [
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
  ['fb.watch/abC-1_x', 'https://fb.watch/abC-1_x/', 'facebook'],
  ['pin.it/1AbCdEfGh', 'https://pin.it/1AbCdEfGh', 'pinterest'],
  ['vm.tiktok.com/ZMabc123/', 'https://vm.tiktok.com/ZMabc123/', 'tiktok'],
  ['https://lite.tiktok.com/t/ZTabc123/', 'https://www.tiktok.com/t/ZTabc123/', 'tiktok'],
  ['https://es-la.facebook.com/share/v/1AbCdEf/', 'https://www.facebook.com/share/v/1AbCdEf/', 'facebook'],
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
export const REFUSED: [url: string, what: string][] = [
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
