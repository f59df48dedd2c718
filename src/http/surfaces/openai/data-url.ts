import { Readable } from 'node:stream'

/** What is in `data:audio/wav;base64,…`. Undefined: it is none. */
export function dataUrl(url: string): Readable | undefined {
  const comma = url.indexOf(',')
  const head = url.slice(0, comma)
  if (comma < 0 || !head.startsWith('data:') || !head.endsWith(';base64')) return undefined
  return Readable.from([Buffer.from(url.slice(comma + 1), 'base64')], { objectMode: false })
}
