import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { type Asked, file, type PlatformAnswers, redirect, text } from './answer.ts'
import { captionFile } from './captions.ts'
import { MEDIA_LENGTH } from './media.ts'

const CDN = 'https://v16-webapp-prime.tiktok.com'
/** The last three digits of an id choose the outcome; every other id is a normal video. */
const STATUS: Record<string, number> = { '216': 10216, '222': 10222, '204': 10204, '231': 10231 }

export const tiktok: PlatformAnswers = (asked) => {
  const { host, path, media } = asked
  if (host === 'vm.tiktok.com' || host === 'vt.tiktok.com') return short(asked, path.split('/')[1] ?? '')
  if (host === 'www.tiktok.com') return page(asked)
  if (host === 'v16-webapp-prime.tiktok.com') {
    if (path === '/captions.vtt') return captionFile(asked, 'vtt', 'TikTok')
    // What only a downloader with a bad taste takes: the watermarked copy, and HEVC without sound.
    if (path === '/watermarked.mp4') return file(asked, media.wrong, 'video/mp4')
    if (path === '/hevc.mp4') return file(asked, media.mute, 'video/mp4')
    return file(asked, media.clip, 'video/mp4')
  }
  if (host.endsWith('.tiktokcdn.com')) return file(asked, media.wrong, 'audio/mp4')
  return false
}

const short = (asked: Asked, code: string): boolean =>
  redirect(asked, `https://www.tiktok.com/@double/video/7000000000000000001?_r=1&code=${code}`)

function page(asked: Asked): boolean {
  const { path } = asked
  if (path.startsWith('/t/')) return short(asked, path)
  if (path === '/login') return text(asked, 'login')
  const id = /video\/(\d+)/.exec(path)?.[1]
  if (!id) return text(asked, 'nothing here', 404)
  const kind = id.slice(-3)
  if (kind === '429') return text(asked, 'slow down', 429)
  if (kind === '301') return redirect(asked, 'https://www.tiktok.com/login')
  if (kind === '500') return text(asked, '<html>A page of another shape</html>')
  if (kind === '777' && !asked.request.headers.cookie?.includes('_wafchallengeid=')) return challenge(asked)
  const code = STATUS[kind] ?? 0
  const itemInfo = code ? {} : { itemStruct: kind === '018' ? classified(id) : item(asked, id) }
  const scope = { __DEFAULT_SCOPE__: { 'webapp.video-detail': { statusCode: code, itemInfo } } }
  return text(
    asked,
    '<html><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">' +
      `${JSON.stringify(scope)}</script></html>`,
    200,
    { 'set-cookie': 'tt_chain_token=x; Domain=.tiktok.com; Path=/; Secure' },
  )
}

const classified = (id: string) => ({ id, isContentClassified: true })

function item({ media }: Asked, id: string) {
  const size = statSync(media.clip).size
  const stream = (codec: string, url: string, bitrate: number) => ({
    GearName: 'normal_540_0',
    Bitrate: bitrate,
    PlayAddr: { DataSize: size, UrlKey: `v0_${codec}_540p_${bitrate}`, UrlList: [`${CDN}${url}`] },
  })
  return {
    id,
    desc: 'Double on TikTok',
    createTime: '1700000000',
    author: { uniqueId: 'double', id: '1', secUid: 's', nickname: 'Double' },
    video: {
      duration: MEDIA_LENGTH,
      width: 160,
      height: 120,
      ratio: '540p',
      playAddr: `${CDN}/play.mp4`,
      downloadAddr: `${CDN}/watermarked.mp4`,
      // HEVC is the smaller one, and would be preferred.
      bitrateInfo: [stream('h264', '/h264.mp4', 100_000), stream('bytevc1', '/hevc.mp4', 60_000)],
      subtitleInfos: [
        { Url: `${CDN}/captions.vtt`, Format: 'webvtt', LanguageCodeName: 'eng-US', Source: 'ASR' },
      ],
    },
    music: {
      title: 'Some song',
      authorName: 'Band',
      playUrl: 'https://sf16-ies-music.tiktokcdn.com/song.m4a?mime_type=audio_mp4',
      duration: 30,
    },
    stats: {},
  }
}

/** The riddle that browsers solve by script before they get the page. */
function challenge(asked: Asked): boolean {
  const base64 = (what: Buffer | string) => Buffer.from(what).toString('base64')
  const salt = 'salt'
  const answer = createHash('sha256').update(`${salt}4242`).digest()
  const riddle = base64(JSON.stringify({ v: { a: base64(salt), c: base64(answer) }, s: 'x' }))
  return text(
    asked,
    '<html><body>Please wait...<p id="wci" class="_wafchallengeid"></p><p id="rci" class="waforiginalreid"></p>' +
      `<p id="rs" class="abc"></p><p id="cs" class="${riddle}"></p></body></html>`,
  )
}
