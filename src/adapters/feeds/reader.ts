/** RSS 2.0 and Atom, read as they arrive: nothing of a feed is in memory but what is listed of it. */
import sax from 'sax'
import type { ListedItem, Listing } from '../../ports/listings.ts'

/** Longest title, address or id that is read; what is longer counts as missing. */
const LONGEST = 4096

interface Entry {
  url?: string
  id?: string
  title?: string
  seconds?: number
}

export interface FeedReader {
  write(text: string): void
  /** As many as were asked for, and one more, are there: the rest need not be read. */
  full(): boolean
  /** Undefined: it was no feed. */
  end(): Listing | undefined
}

const ENTRIES = new Set(['item', 'entry'])

/** @param most how many items are wanted */
export function createFeedReader(most: number): FeedReader {
  // Strict: what is no XML is no feed. It knows no entities but XML's own, and fetches nothing.
  const parser = sax.parser(true, { lowercase: true, position: false })
  const path: string[] = []
  const items: ListedItem[] = []
  const seen = new Set<string>()
  let isFeed = false
  let title: string | undefined
  let entry: Entry | undefined
  let said = ''
  let broken = false

  parser.onerror = () => {
    broken = true
  }
  parser.onopentag = ({ name, attributes }) => {
    path.push(name)
    said = ''
    if (path.length === 1) isFeed = name === 'rss' || name === 'feed' || name === 'rdf:rdf'
    if (ENTRIES.has(name)) entry = {}
    else if (entry) entry.url ??= enclosureOf(name, attributes as Record<string, string>)
  }
  const onText = (text: string): void => {
    if (said.length <= LONGEST) said += text
  }
  parser.ontext = onText
  parser.oncdata = onText
  parser.onclosetag = (name) => {
    const text = said.trim().length <= LONGEST ? said.trim() : ''
    const parent = path.at(-2) ?? ''
    path.pop()
    said = ''
    if (entry && ENTRIES.has(name)) {
      take(entry)
      entry = undefined
    } else if (entry && ENTRIES.has(parent)) note(entry, name, text)
    else if (name === 'title' && (parent === 'channel' || parent === 'feed')) title ??= text
  }

  function take({ url, id, title: name, seconds }: Entry): void {
    const key = id || url
    if (url === undefined || key === undefined || seen.has(key) || items.length > most) return
    seen.add(key)
    items.push({ url, key, title: name || null, seconds: seconds ?? null })
  }

  return {
    write(text) {
      if (!broken) parser.write(text)
    },
    full: () => items.length > most,
    end() {
      if (!isFeed || (broken && items.length === 0)) return undefined
      return { title: title || null, items: items.slice(0, most), more: items.length > most }
    },
  }
}

function note(entry: Entry, name: string, text: string): void {
  if (name === 'title') entry.title ??= text
  else if (name === 'guid' || name === 'id') entry.id ??= text
  else if (name === 'itunes:duration') {
    const seconds = secondsIn(text)
    if (seconds !== undefined) entry.seconds = seconds
  }
}

/** The address of an entry's sound or film. */
function enclosureOf(name: string, attributes: Record<string, string>): string | undefined {
  const { url, href, rel, type = '', medium = '' } = attributes
  const address =
    name === 'enclosure' || name === 'media:content'
      ? url
      : name === 'link' && rel === 'enclosure'
        ? href
        : undefined
  if (address === undefined || address.length > LONGEST || !URL.canParse(address)) return undefined
  const { protocol, pathname } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  const kind = type || medium
  const isMedia = kind === '' ? MEDIA_FILE.test(pathname) : MEDIA_KIND.test(kind)
  return isMedia ? address : undefined
}

const MEDIA_KIND = /^(audio|video)\b/i
const MEDIA_FILE = /\.(mp3|m4a|m4b|mp4|m4v|mov|ogg|oga|opus|flac|wav|aac|webm|mkv)$/i

/** `3600`, `60:00` or `1:00:00`. */
function secondsIn(text: string): number | undefined {
  if (!/^\d{1,6}(:\d{1,2}){0,2}(\.\d{1,9})?$/.test(text)) return undefined
  return Math.round(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0))
}
