import { type LinkPlatform, media, only, refused } from './platform.ts'

const HOSTS = new Set([
  'youtube.com',
  'www.youtube.com',
  'm.youtube.com',
  'music.youtube.com',
  'gaming.youtube.com',
  'youtube-nocookie.com',
  'www.youtube-nocookie.com',
  'youtubekids.com',
  'www.youtubekids.com',
  'youtu.be',
  'www.youtu.be',
])
const ID = /^[\w-]{11}$/
const WITH_ID = new Set(['shorts', 'live', 'embed', 'v', 'e', 'watch'])
/** What a mix has is made up for each viewer. */
const LIST = /^(?!RD)[\w-]{2,64}$/
const HANDLE = /^@[\p{L}\p{N}._-]{1,60}$/u
const NAME = /^[\p{L}\p{N}._-]{1,100}$/u
const TABS = new Set(['videos', 'shorts', 'streams'])
const CHANNEL = /^(@.+|channel|c|user)$/

const video = (id: string | null | undefined) =>
  id && ID.test(id) ? media(id, `https://www.youtube.com/watch?v=${id}`) : null

export const youtube: LinkPlatform = {
  platform: 'youtube',
  name: 'YouTube',
  owns: (host) => HOSTS.has(host),
  accepts: [
    'https://www.youtube.com/watch?v=ID',
    'https://youtu.be/ID',
    'https://www.youtube.com/shorts/ID',
    'https://www.youtube.com/live/ID',
  ],
  hosts: ['youtube.com', 'googlevideo.com'],
  extractors: ['youtube'],
  listExtractors: ['youtube:tab', 'youtube:playlist'],
  read({ host, segments: [first, second, ...rest], query }) {
    if (host.endsWith('youtu.be')) return second === undefined ? video(first) : null
    if (first === 'playlist' || (first === 'embed' && second === 'videoseries'))
      return refused('A YouTube playlist')
    if (first !== undefined && CHANNEL.test(decodeURIComponentSafely(first)))
      return refused('A YouTube channel')
    if (first === 'clip') return refused('A YouTube clip')
    if ((first === 'watch' || first === 'watch_popup') && second === undefined) return video(only(query, 'v'))
    if (first !== undefined && WITH_ID.has(first) && rest.length === 0) return video(second)
    return null
  },
  list({ host, segments, query }) {
    if (host.endsWith('youtu.be')) return null
    const id = only(query, 'list')
    if (id !== null) return LIST.test(id) ? `https://www.youtube.com/playlist?list=${id}` : null
    return channel(segments)
  },
}

/** Its videos, unless another tab is named. */
function channel(segments: readonly string[]): string | null {
  const [first = '', ...rest] = segments.map(decodeURIComponentSafely)
  const named = first.startsWith('@')
  const [name = '', tab = 'videos', ...more] = named ? [first, ...rest] : rest
  if (more.length > 0 || !TABS.has(tab)) return null
  if (named) return HANDLE.test(name) ? `https://www.youtube.com/${encodeURI(name)}/${tab}` : null
  if (!CHANNEL.test(first) || !NAME.test(name)) return null
  return `https://www.youtube.com/${first}/${encodeURIComponent(name)}/${tab}`
}

/** `@` may come as `%40`; a broken escape is no channel. */
function decodeURIComponentSafely(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
