import { type LinkPlatform, media, only, refused, short } from './platform.ts'

/** The national hosts (`uk.linkedin.com`) show the same posts; the extractor knows www alone. */
const HOST = /^(www\.|m\.|[a-z]{2}\.)?linkedin\.com$/
/**
 * The address ends in kind, number and a check of four characters (of base64url: a hyphen may be one); LinkedIn
 * wants the whole of it.
 */
const POST = /^[\w%.~'()!*,-]{1,1900}-(activity|ugcPost|share)-(\d{10,25})-([\w-]{4})$/
const URN = /^urn(?::|%3A)li(?::|%3A)activity(?::|%3A)(\d{10,25})$/i
const CODE = /^[\w-]{4,40}$/

const WWW = 'https://www.linkedin.com'

const activity = (id: string | undefined) =>
  id ? media(id, `${WWW}/feed/update/urn:li:activity:${id}`) : null

export const linkedin: LinkPlatform = {
  platform: 'linkedin',
  name: 'LinkedIn',
  owns: (host) => HOST.test(host) || host === 'lnkd.in',
  accepts: [
    'https://www.linkedin.com/posts/NAME-activity-ID-CODE',
    'https://www.linkedin.com/feed/update/urn:li:activity:ID',
    'https://lnkd.in/CODE',
  ],
  hosts: ['linkedin.com', 'licdn.com'],
  extractors: ['linkedin'],
  read({ host, segments, query }) {
    const [first = '', second = ''] = segments
    if (host === 'lnkd.in') {
      const code = segments.at(-1) ?? ''
      if (segments.length === 2 && first === 'p' && CODE.test(code)) return short(`https://lnkd.in/p/${code}`)
      return segments.length === 1 && CODE.test(code) ? short(`https://lnkd.in/${code}`) : null
    }
    if (first === 'posts' && segments.length === 2) {
      const [, kind, id, check] = POST.exec(second) ?? []
      if (!id) return null
      // The extractor knows no hyphen in the check; an activity has a second address.
      return kind === 'activity' && check?.includes('-') ? activity(id) : media(id, `${WWW}/posts/${second}`)
    }
    const highlighted = first === 'feed' && segments.length === 1 && only(query, 'highlightedUpdateUrn')
    if (highlighted) return activity(URN.exec(highlighted)?.[1])
    const update = first === 'embed' ? segments.slice(1) : segments
    if (update[0] === 'feed' && update[1] === 'update' && update.length === 3) {
      return activity(URN.exec(update[2]!)?.[1])
    }
    if (first === 'in' || first === 'company') return refused('A LinkedIn profile')
    if (first === 'learning' || first === 'events') return refused(`A LinkedIn ${first} page`)
    return null
  },
}
