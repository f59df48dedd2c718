import { type LinkPlatform, media, only, type Reading, refused, short } from './platform.ts'

const HOSTS = new Set([
  ...['twitter.com', 'www.twitter.com', 'm.twitter.com', 'mobile.twitter.com'],
  ...['x.com', 'www.x.com', 'm.x.com', 'mobile.x.com'],
  // Mirrors for previews: people copy from them, Earshot never asks them.
  ...['vxtwitter.com', 'fixvx.com', 'fxtwitter.com', 'fixupx.com'],
])
const ID = /^\d{1,20}$/
const CODE = /^[A-Za-z\d]{4,20}$/

/** `index` counts the media of a post with several; the first needs none. */
function post(id: string | null | undefined, index?: string): Reading | null {
  if (!id || !ID.test(id)) return null
  const url = `https://x.com/i/web/status/${id}`
  if (index === undefined || index === '1') return media(id, url)
  return /^[2-9]$/.test(index) ? media(`${id}/${index}`, `${url}/video/${index}`) : null
}

export const twitter: LinkPlatform = {
  platform: 'twitter',
  name: 'Twitter/X',
  owns: (host) => HOSTS.has(host) || host === 't.co',
  accepts: ['https://x.com/USER/status/ID', 'https://twitter.com/USER/status/ID', 'https://t.co/CODE'],
  hosts: ['x.com', 'twitter.com', 'twimg.com', 'pscp.tv', 'video.pscp.tv'],
  extractors: ['twitter', 'twitter:broadcast', 'twitter:spaces'],
  read({ host, segments, query }) {
    const [first = '', second = ''] = segments
    if (host === 't.co')
      return segments.length === 1 && CODE.test(first) ? short(`https://t.co/${first}`) : null
    if (first === 'i' && second === 'bookmarks') return post(only(query, 'post_id'))
    const at = segments.findIndex((each) => each === 'status' || each === 'statuses')
    if (at >= 0 && at <= 2) {
      const [id, kind, index, ...rest] = segments.slice(at + 1)
      if (rest.length > 0) return null
      if (kind === undefined) return post(id)
      if (/^mediaviewer$/i.test(kind)) return post(id)
      if (kind === 'photo') return refused('A photo on Twitter/X')
      return kind === 'video' ? post(id, index) : null
    }
    if (first === 'i') return ofTheSite(segments.slice(1))
    return segments.length === 1 ? refused('A profile on Twitter/X') : null
  },
}

function ofTheSite(segments: readonly string[]): Reading | null {
  const [kind = '', id = ''] = segments
  if (kind === 'videos') return post(segments.at(-1))
  if (segments.length > 2 || !/^[A-Za-z\d]{13}$/.test(id)) return null
  if (kind === 'broadcasts' || kind === 'spaces')
    return media(`${kind}/${id}`, `https://x.com/i/${kind}/${id}`)
  return null
}
