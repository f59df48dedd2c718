import { type LinkPlatform, media, only, type PlainUrl, type Reading, refused, short } from './platform.ts'
import { readUrl } from './read-url.ts'

const HOSTS = new Set([
  'facebook.com',
  'www.facebook.com',
  'm.facebook.com',
  'web.facebook.com',
  'mbasic.facebook.com',
  'touch.facebook.com',
  'business.facebook.com',
  'fb.com',
  'www.fb.com',
])
/** `de-de.facebook.com`, in the language of who shares. */
const NATIONAL = /^[a-z]{2}-[a-z]{2}\.facebook\.com$/
const SHORTENER = new Set(['fb.watch', 'www.fb.watch'])
const VIDEO = /^\d{5,25}$/
const POST = /^(\d{5,25}|pfbid[A-Za-z\d]{10,120})$/
/** A page's or group's name or number, in any script. */
const NAME = /^[\p{L}\p{M}\p{N}_.-]{1,100}$/u
const CODE = /^[\w-]{4,40}$/

const WWW = 'https://www.facebook.com'

const isSite = (host: string): boolean => HOSTS.has(host) || NATIONAL.test(host)

const video = (id: string | null | undefined) =>
  id && VIDEO.test(id) ? media(id, `${WWW}/watch/?v=${id}`) : null

export const facebook: LinkPlatform = {
  platform: 'facebook',
  name: 'Facebook',
  owns: (host) => isSite(host) || SHORTENER.has(host),
  accepts: [
    'https://www.facebook.com/watch/?v=ID',
    'https://www.facebook.com/reel/ID',
    'https://www.facebook.com/PAGE/videos/ID',
    'https://www.facebook.com/PAGE/posts/ID',
    'https://www.facebook.com/share/v/CODE',
    'https://fb.watch/CODE',
  ],
  hosts: ['facebook.com', 'fbcdn.net'],
  extractors: ['facebook', 'facebook:reel'],
  read(url) {
    const { host, segments, query } = url
    const [first = ''] = segments
    if (SHORTENER.has(host))
      return segments.length === 1 && CODE.test(first) ? short(`https://fb.watch/${first}/`) : null
    if (first === 'share') return shared(host, segments.slice(1))
    if (first === 'stories') return refused('A Facebook story')
    if (first === 'photo' || (first === 'photo.php' && !query.has('v')) || segments[1] === 'photos')
      return refused('A Facebook photo post')
    if (first === 'plugins' && segments[1] === 'video.php') return embedded(only(query, 'href'))
    return byQuery(url) ?? byPath(segments)
  },
}

/** As URLs encode it, which is the only way that it goes into ours. */
function isName(segment: string): boolean {
  try {
    const name = decodeURIComponent(segment)
    return (
      NAME.test(name) &&
      encodeURIComponent(name) === segment.replace(/%[\da-f]{2}/g, (hex) => hex.toUpperCase())
    )
  } catch {
    return false
  }
}

function byQuery({ segments, query }: PlainUrl): Reading | null {
  switch (segments.join('/')) {
    case 'watch':
    case 'watch/live':
    case 'video.php':
    case 'video/video.php':
    case 'photo.php':
      return video(only(query, 'v'))
    case 'video/embed':
      return video(only(query, 'video_id'))
    case 'story.php':
    case 'permalink.php': {
      const [post, owner] = [only(query, 'story_fbid'), only(query, 'id')]
      if (!post || !POST.test(post) || !owner || !VIDEO.test(owner)) return null
      return media(post, `${WWW}/permalink.php?story_fbid=${post}&id=${owner}`)
    }
    default:
      return null
  }
}

function byPath(segments: readonly string[]): Reading | null {
  const [first = '', second = ''] = segments
  const last = segments.at(-1) ?? ''
  if ((first === 'reel' || first === 'reels') && segments.length === 2) return video(second)
  if (first === 'events' && segments.length <= 3)
    return VIDEO.test(last) ? media(last, `${WWW}/events/${last}`) : null
  if (first === 'groups' && /^(posts|permalink)$/.test(segments[2] ?? ''))
    return POST.test(last) && isName(second) ? media(last, `${WWW}/groups/${second}/posts/${last}`) : null
  if (second === 'videos' && segments.length <= 4)
    return video(last) ?? (segments.length === 2 ? refused('A Facebook list of videos') : null)
  if (second === 'posts' && segments.length <= 4)
    return POST.test(last) && isName(first) ? media(last, `${WWW}/${first}/posts/${last}`) : null
  return segments.length === 1 && isName(first) ? refused('A Facebook page') : null
}

/** On the host that was named: www sends some to the mobile site, which alone knows where they lead. */
function shared(host: string, segments: readonly string[]): Reading | null {
  const [kind, code] = segments.length === 1 ? ['', segments[0]] : [`${segments[0]}/`, segments[1]]
  const known = kind === '' || kind === 'v/' || kind === 'r/' || kind === 'p/'
  const site = HOSTS.has(host) && !host.endsWith('fb.com') ? host : 'www.facebook.com'
  return known && code && CODE.test(code) ? short(`https://${site}/share/${kind}${code}/`) : null
}

/** The player that pages embed names the video by its address. */
function embedded(address: string | null): Reading | null {
  if (!address) return null
  const inner = readUrl(address)
  return isSite(inner.host) && inner.segments[0] !== 'plugins' ? facebook.read(inner) : null
}
