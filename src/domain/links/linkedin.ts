import { type LinkPlatform, media, refused, short } from './platform.ts'

/** The national hosts (`uk.linkedin.com`) show the same posts; the extractor knows www alone. */
const HOST = /^(www\.|[a-z]{2}\.)?linkedin\.com$/
/** The address ends in kind, number and a check of four characters; LinkedIn wants the whole of it. */
const POST = /^[\w%.~-]{1,300}-(?:activity|ugcPost|share)-(\d{10,25})-\w{4}$/
const URN = /^urn(?::|%3A)li(?::|%3A)activity(?::|%3A)(\d{10,25})$/i
const CODE = /^[\w-]{4,40}$/

export const linkedin: LinkPlatform = {
  platform: 'linkedin',
  name: 'LinkedIn',
  owns: (host) => HOST.test(host) || host === 'lnkd.in',
  accepts: [
    'https://www.linkedin.com/posts/NAME-activity-ID-CODE',
    'https://www.linkedin.com/feed/update/urn:li:activity:ID',
    'https://lnkd.in/CODE',
  ],
  read({ host, segments }) {
    const [first = '', second = ''] = segments
    if (host === 'lnkd.in') {
      const code = segments.at(-1) ?? ''
      if (segments.length === 2 && first === 'p' && CODE.test(code)) return short(`https://lnkd.in/p/${code}`)
      return segments.length === 1 && CODE.test(code) ? short(`https://lnkd.in/${code}`) : null
    }
    if (first === 'posts' && segments.length === 2) {
      const id = POST.exec(second)?.[1]
      return id ? media(id, `https://www.linkedin.com/posts/${second}`) : null
    }
    const update = first === 'embed' ? segments.slice(1) : segments
    if (update[0] === 'feed' && update[1] === 'update' && update.length === 3) {
      const id = URN.exec(update[2]!)?.[1]
      return id ? media(id, `https://www.linkedin.com/feed/update/urn:li:activity:${id}`) : null
    }
    if (first === 'in' || first === 'company') return refused('A LinkedIn profile')
    if (first === 'learning' || first === 'events') return refused(`A LinkedIn ${first} page`)
    return null
  },
}
