import { once } from 'node:events'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Media } from './media.ts'

export interface Asked {
  request: IncomingMessage
  response: ServerResponse
  host: string
  url: URL
  path: string
  body: string
  media: Media
  /** How often this very address was asked for before. */
  before: number
}

/** One platform of the double: false where the host is none of its own. */
export type PlatformAnswers = (asked: Asked) => boolean

export function json(
  { response }: Asked,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
  return true
}

export function text(
  { response }: Asked,
  body: string,
  status = 200,
  headers: Record<string, string> = {},
): boolean {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(body)
  return true
}

export function redirect({ response }: Asked, to: string): boolean {
  response.writeHead(302, { location: to }).end()
  return true
}

/** A file, with ranges as CDNs serve them. */
export function file({ request, response }: Asked, path: string, type: string): boolean {
  const { size } = statSync(path)
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  const from = range ? Number(range[1]) : 0
  const to = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1
  if (from >= size) {
    response.writeHead(416).end()
    return true
  }
  response.writeHead(range ? 206 : 200, {
    'content-type': type,
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    ...(range ? { 'content-range': `bytes ${from}-${to}/${size}` } : {}),
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(path, { start: from, end: to }).pipe(response)
  return true
}

/** A file that takes its time: evenly, over so many seconds. */
export interface Paced {
  path: string
  type: string
  seconds: number
}

const BEATS_A_SECOND = 20

export function paced({ response }: Asked, { path, type, seconds }: Paced): boolean {
  const bytes = readFileSync(path)
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length })
  const begin = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.ceil((bytes.length * (performance.now() - begin)) / (seconds * 1000))
    response.write(bytes.subarray(sent, due))
    sent = due
    if (sent < bytes.length) return
    clearInterval(timer)
    response.end()
  }, 1000 / BEATS_A_SECOND)
  response.on('close', () => clearInterval(timer))
  return true
}

/** Three quarters of a file, and the rest when it is released. */
export function held({ response, media }: Asked): boolean {
  const { size } = statSync(media.held)
  const most = Math.floor(size * 0.75)
  response.writeHead(200, { 'content-type': 'audio/mp4', 'content-length': size })
  const first = createReadStream(media.held, { end: most - 1 })
  first.pipe(response, { end: false })
  void Promise.all([media.released, once(first, 'end')]).then(() =>
    createReadStream(media.held, { start: most }).pipe(response),
  )
  return true
}

/** Downloads that go wrong. `Length` is what is promised. */
export type Fault = 'slow' | 'stall' | 'endless' | 'short' | 'cut' | 'forbidden' | 'unavailable'

const CHUNK = Buffer.alloc(4096, 1)

export function faulty(asked: Asked, fault: Fault, path: string): boolean {
  const { response } = asked
  const { size } = statSync(path)
  const head = (length?: number) =>
    response.writeHead(200, {
      'content-type': 'video/mp4',
      ...(length === undefined ? {} : { 'content-length': length }),
    })
  switch (fault) {
    case 'forbidden':
      return text(asked, 'Forbidden', 403)
    case 'unavailable':
      return text(asked, 'Unavailable', 503)
    case 'stall': // says what it will send, sends a little, and then nothing more
      head(size).write(CHUNK)
      return true
    case 'short': // promises more than it has
      head(size * 2).write(CHUNK)
      setImmediate(() => response.destroy())
      return true
    case 'cut': // closed in the middle, of unknown length
      head().write(CHUNK)
      setImmediate(() => response.destroy())
      return true
    case 'endless': {
      head()
      const more = (): void => {
        while (!response.destroyed && response.write(CHUNK));
      }
      response.on('drain', more)
      more()
      return true
    }
    case 'slow': {
      head(size)
      let sent = 0
      const timer = setInterval(() => {
        const next = Math.min(2048, size - sent)
        response.write(CHUNK.subarray(0, next))
        sent += next
        if (sent >= size) {
          clearInterval(timer)
          response.end()
        }
      }, 200)
      response.on('close', () => clearInterval(timer))
      return true
    }
  }
}
