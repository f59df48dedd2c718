import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Asked, file, json, type PlatformAnswers, redirect, text } from './answer.ts'
import { MEDIA_LENGTH } from './media.ts'

const CLIP = 'https://video.twimg.com/ext_tw_video/1/pu/vid/160x120/clip.mp4'
const PLAYLIST = 'https://video.twimg.com/ext_tw_video/1/pu/pl/main.m3u8'

/** The last three digits of an id choose the outcome; every other id is a post with a video. */
const RESULTS: Record<string, unknown> = {
  '401': { __typename: 'TweetUnavailable', reason: 'Protected' },
  '402': { __typename: 'TweetUnavailable', reason: 'NsfwLoggedOut' },
  '405': {
    __typename: 'TweetTombstone',
    tombstone: { text: { text: 'This Post is from a suspended account. Learn more' } },
  },
}

export const twitter: PlatformAnswers = (asked) => {
  const { host, path, url } = asked
  if (host === 't.co') return expand(asked)
  if (host === 'video.twimg.com') return cdn(asked)
  if (host === 'cdn.syndication.twimg.com') return syndicated(asked)
  if (!/(^|\.)(x|twitter)\.com$/.test(host)) return false
  if (path.endsWith('/guest/activate.json')) return json(asked, { guest_token: '1' })
  if (path.includes('/graphql/')) return tweet(asked, JSON.parse(url.searchParams.get('variables') ?? '{}'))
  return text(asked, 'nothing here', 404)
}

/** t.co leads to every place that people link to: the code says which. */
function expand(asked: Asked): boolean {
  const code = asked.path.slice(1)
  if (code.startsWith('loop')) return redirect(asked, `https://t.co/loop${Number(code.slice(4)) + 1}`)
  if (code.startsWith('hops')) {
    const left = Number(code.slice(4)) - 1
    return redirect(asked, left > 0 ? `https://t.co/hops${left}` : 'https://youtu.be/dQw4w9WgXcQ')
  }
  return redirect(asked, 'https://x.com/double/status/1700000000000000001?s=20')
}

function tweet(asked: Asked, { tweetId }: { tweetId: string }): boolean {
  const kind = tweetId.slice(-3)
  if (kind === '429' || kind === '430') return text(asked, 'Rate limit exceeded', 429)
  if (kind === '404') return json(asked, { data: { tweetResult: {} } })
  const result = RESULTS[kind] ?? {
    __typename: 'Tweet',
    core: { user_results: { result: { legacy: { name: 'Double', screen_name: 'double' } } } },
    legacy: {
      id_str: tweetId,
      full_text: 'Double on X',
      created_at: 'Tue Nov 14 22:13:20 +0000 2023',
      ...contents(kind),
    },
  }
  return json(asked, { data: { tweetResult: { result } } })
}

function contents(kind: string) {
  if (kind === '406') return { entities: {} }
  // A post that is nothing but a link to somewhere else.
  if (kind === '407') return { entities: { urls: [{ expanded_url: 'https://evil.example/video.mp4' }] } }
  const media = [video('1700000000000000009')]
  if (kind === '002') media.push(video('1700000000000000010'))
  return { entities: {}, extended_entities: { media } }
}

const video = (id_str: string) => ({
  type: 'video',
  id_str,
  video_info: {
    duration_millis: MEDIA_LENGTH * 1000,
    variants: [
      { content_type: 'video/mp4', bitrate: 256_000, url: `${CLIP}?tag=12` },
      { content_type: 'application/x-mpegURL', url: PLAYLIST },
    ],
  },
})

/** What embedded posts are made of: yt-dlp's way out when the API counts too many requests. */
function syndicated(asked: Asked): boolean {
  if (asked.url.searchParams.get('id')?.endsWith('430')) return text(asked, 'Rate limit exceeded', 429)
  return json(asked, {
    text: 'Double on X',
    user: { name: 'Double', screen_name: 'double' },
    mediaDetails: [
      {
        type: 'video',
        video_info: { variants: [{ content_type: 'video/mp4', bitrate: 256_000, url: CLIP }] },
      },
    ],
  })
}

/** Sound in HLS of its own, as X serves it. */
function cdn(asked: Asked): boolean {
  const { path, media } = asked
  const playlist = (lines: string) => text(asked, lines, 200, { 'content-type': 'application/x-mpegurl' })
  if (path.endsWith('/main.m3u8'))
    return playlist(
      '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-32000",NAME="Audio",URI="/hls/audio.m3u8"\n' +
        '#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=160x120,CODECS="mp4a.40.2,avc1.42001E",AUDIO="audio-32000"\n' +
        '/hls/picture.m3u8\n',
    )
  if (path.endsWith('.m3u8')) return playlist(readFileSync(media.playlist, 'utf8'))
  if (path.endsWith('.ts')) return file(asked, join(dirname(media.playlist), basename(path)), 'video/mp2t')
  return file(asked, media.clip, 'video/mp4')
}
