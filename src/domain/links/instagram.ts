import { type LinkPlatform, media, refused, short } from './platform.ts'

const HOSTS = new Set([
  'instagram.com',
  'www.instagram.com',
  'm.instagram.com',
  'instagr.am',
  'www.instagr.am',
])
const POST = new Set(['p', 'tv', 'reel', 'reels'])
/** Longer ones belong to private posts. */
const CODE = /^[\w-]{5,64}$/

const post = (code: string | undefined) =>
  code && CODE.test(code) && code !== 'audio' ? media(code, `https://www.instagram.com/reel/${code}/`) : null

export const instagram: LinkPlatform = {
  platform: 'instagram',
  name: 'Instagram',
  owns: (host) => HOSTS.has(host),
  accepts: ['https://www.instagram.com/reel/CODE', 'https://www.instagram.com/p/CODE'],
  hosts: ['instagram.com', 'cdninstagram.com', 'fbcdn.net'],
  extractors: ['instagram'],
  read({ segments }) {
    const [first = '', second = '', third] = segments
    if (first === 'stories') return refused('An Instagram story')
    if (first === 'share') return shared(segments.slice(1))
    if (POST.has(first)) {
      if (second === 'audio' || second === '') return refused('An Instagram list of reels')
      return post(second)
    }
    if (POST.has(second)) return post(third)
    if (first !== '' && segments.length === 1) return refused('An Instagram profile')
    return null
  },
}

function shared(segments: readonly string[]) {
  const [kind, code] = segments.length === 1 ? ['', segments[0]] : [`${segments[0]}/`, segments[1]]
  const known = kind === '' || kind === 'p/' || kind === 'reel/'
  return known && code && CODE.test(code) ? short(`https://www.instagram.com/share/${kind}${code}/`) : null
}
