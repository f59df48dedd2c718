import { type LinkPlatform, media, refused, short } from './platform.ts'

const TLDS = [
  ...['com', 'fr', 'de', 'ch', 'jp', 'cl', 'ca', 'it', 'co.uk', 'nz', 'ru', 'com.au', 'at', 'pt', 'co.kr'],
  ...['es', 'com.mx', 'dk', 'ph', 'th', 'com.uy', 'co', 'nl', 'info', 'kr', 'ie', 'vn', 'com.vn', 'ec'],
  ...['mx', 'in', 'pe', 'co.at', 'hu', 'co.in', 'co.nz', 'id', 'com.ec', 'com.py', 'tw', 'be', 'uk'],
  ...['com.bo', 'com.pe'],
]
const HOSTS = new Set(TLDS.flatMap((tld) => [`pinterest.${tld}`, `www.pinterest.${tld}`]))
/** On .com, countries have hosts of their own. */
const NATIONAL = /^[a-z]{2}\.pinterest\.com$/
const PIN = /^(?:[^/]*--)?(\d{5,25})$/
const CODE = /^[A-Za-z\d]{4,40}$/

export const pinterest: LinkPlatform = {
  platform: 'pinterest',
  name: 'Pinterest',
  owns: (host) => HOSTS.has(host) || NATIONAL.test(host) || host === 'pin.it' || host === 'api.pinterest.com',
  accepts: ['https://www.pinterest.com/pin/ID', 'https://pin.it/CODE'],
  hosts: ['pinterest.com', 'pinimg.com'],
  extractors: ['pinterest'],
  read({ host, segments }) {
    const [first = '', second = ''] = segments
    if (host === 'pin.it')
      return segments.length === 1 && CODE.test(first) ? short(`https://pin.it/${first}`) : null
    // The second hop of pin.it.
    if (host === 'api.pinterest.com') {
      if (first !== 'url_shortener' || !CODE.test(second)) return null
      return short(`https://api.pinterest.com/url_shortener/${second}/redirect/`)
    }
    if (first === 'pin') {
      const id = PIN.exec(second)?.[1]
      return id ? media(id, `https://www.pinterest.com/pin/${id}/`) : null
    }
    return segments.length === 1 || segments.length === 2 ? refused('A Pinterest profile or board') : null
  },
}
