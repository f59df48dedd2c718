import { type LinkPlatform, media, refused, short } from './platform.ts'

const HOSTS = new Set(['tiktok.com', 'www.tiktok.com', 'm.tiktok.com', 'lite.tiktok.com', 'www.tiktokv.com'])
/** Nothing but short links. */
const SHORTENERS = new Set(['vm.tiktok.com', 'vt.tiktok.com', 't.tiktok.com', 'pro.tiktok.com'])
const ID = /^\d{5,25}$/
const CODE = /^[\w-]{4,40}$/
const USER = /^(@|%40)/i

/** The extractor knows videos by their number alone, on www.tiktok.com only. */
const video = (id: string | undefined) =>
  id && ID.test(id) ? media(id, `https://www.tiktok.com/@_/video/${id}`) : null

export const tiktok: LinkPlatform = {
  platform: 'tiktok',
  name: 'TikTok',
  owns: (host) => HOSTS.has(host) || SHORTENERS.has(host),
  accepts: [
    'https://www.tiktok.com/@USER/video/ID',
    'https://vm.tiktok.com/CODE',
    'https://www.tiktok.com/t/CODE',
  ],
  hosts: [
    'tiktok.com',
    'tiktokv.com',
    'tiktokv.us',
    'tiktokcdn.com',
    'tiktokcdn-us.com',
    'tiktokcdn-eu.com',
    'ttwstatic.com',
  ],
  extractors: ['tiktok'],
  read({ host, segments }) {
    const [first = '', second = '', third, ...rest] = segments
    if (segments.length === 1 && SHORTENERS.has(host))
      return CODE.test(first) ? short(`https://${host}/${first}/`) : null
    if (first === 't' && segments.length === 2)
      return CODE.test(second) ? short(`https://www.tiktok.com/t/${second}/`) : null
    if (USER.test(first)) {
      if (second === 'video' && rest.length === 0) return video(third)
      if (second === 'photo') return refused('A TikTok photo post')
      if (second === 'live') return refused('A TikTok live stream')
      return refused('A TikTok profile')
    }
    if (first === 'music' || first === 'tag') return refused(`A TikTok ${first} page`)
    switch (segments.slice(0, -1).join('/')) {
      case 'embed':
      case 'embed/v2':
      case 'embed/v3':
      case 'player/v1':
      case 'share/video':
      case 'i18n/share/video':
        return video(segments.at(-1))
      case 'v':
        return video(second.replace(/\.html$/, ''))
      default:
        return null
    }
  },
}
