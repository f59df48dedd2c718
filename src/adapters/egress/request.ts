import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { pipeline, type Readable, Transform } from 'node:stream'
import { connect as overTls, type SecureContext } from 'node:tls'
import { bareHost } from './addresses.ts'
import type { Dialer } from './dialer.ts'
import { EgressError } from './error.ts'
import type { EgressPolicy } from './policy.ts'

const MAX_HOPS = 5
/** So long an answer may take to begin, where there is a pace to be kept. */
const ANSWER_MS = 30_000

export interface GuardedRequest {
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  policy: EgressPolicy
  signal: AbortSignal
  /** Of the answer's body. */
  maxBytes: number
  /** From the first look-up to the last byte of the body. */
  timeoutMs: number
  /** Who sends less than this in such a time keeps a place that others wait for, and is given up. */
  pace?: Pace
}

export interface Pace {
  bytes: number
  ms: number
}

export interface GuardedResponse {
  url: string
  status: number
  headers: IncomingHttpHeaders
  /** Ends with an EgressError at the cap, at the deadline, or where the connection breaks. Read or destroy it. */
  body: Readable
}

export interface RequestSettings {
  dialer: Dialer
  /** With the CA certificates to trust; undefined: Node's own. */
  secureContext?: SecureContext | undefined
}

/** One request. Redirects are answers like any other. @throws EgressError */
export async function guardedRequest(
  settings: RequestSettings,
  asked: GuardedRequest,
): Promise<GuardedResponse> {
  const url = vetUrl(asked.url, asked.policy)
  const deadline = AbortSignal.timeout(asked.timeoutMs)
  const late = new AbortController()
  const silent = asked.pace && setTimeout(() => late.abort(), ANSWER_MS)
  const signal = AbortSignal.any([asked.signal, deadline, late.signal])
  const explain = (error: unknown): unknown => {
    if (asked.signal.aborted) return asked.signal.reason
    if (error instanceof EgressError) return error
    if (deadline.aborted || late.signal.aborted)
      return new EgressError('time', 'the answer took too long', { cause: error })
    return new EgressError('broken', 'the connection broke', { cause: error })
  }
  try {
    const host = bareHost(url)
    const socket = await settings.dialer(host, portOf(url), asked.policy, signal)
    const response = await send(settings, url, asked, socket, signal)
    const length = Number(response.headers['content-length'] ?? 0)
    if (length > asked.maxBytes) {
      response.destroy()
      throw new EgressError('bytes', 'the answer is larger than allowed')
    }
    return {
      url: asked.url,
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: capped(response, asked, explain),
    }
  } catch (error) {
    throw explain(error)
  } finally {
    clearTimeout(silent)
  }
}

/**
 * Follows redirects of GET, at most five, each of them vetted like the first. What `authorization` says is
 * between us and the first host: no other one is told. @throws EgressError
 */
export async function guardedGet(
  settings: RequestSettings,
  asked: Omit<GuardedRequest, 'method' | 'body'>,
): Promise<GuardedResponse> {
  let url = asked.url
  let headers = asked.headers ?? {}
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const response = await guardedRequest(settings, { ...asked, url, headers })
    const next = redirectOf(response)
    if (next === null) return response
    response.body.destroy()
    if (new URL(next).origin !== new URL(url).origin) headers = withoutAuthorization(headers)
    url = next
  }
  throw new EgressError('redirects', `more than ${MAX_HOPS} redirects`)
}

const withoutAuthorization = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'))

/** Where an answer sends its reader, as an absolute URL, or null. */
export function redirectOf({ status, headers, url }: GuardedResponse): string | null {
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(status) || !location) return null
  if (!URL.canParse(location, url)) throw new EgressError('protocol', 'the redirect is not a URL')
  return new URL(location, url).href
}

/** The whole body. @throws EgressError */
export async function readBody(response: GuardedResponse): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response.body) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function vetUrl(text: string, policy: EgressPolicy): URL {
  if (!URL.canParse(text)) throw new EgressError('protocol', 'this is not a URL')
  const url = new URL(text)
  if (!policy.protocols.some((protocol) => protocol === url.protocol)) {
    throw new EgressError('protocol', `only ${policy.protocols.join(' and ')} is allowed`)
  }
  if (url.username || url.password) throw new EgressError('host', 'a URL with a user name is not allowed')
  return url
}

const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80))

function send(
  settings: RequestSettings,
  url: URL,
  asked: GuardedRequest,
  socket: Socket,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = bareHost(url)
  const options = {
    host,
    path: `${url.pathname}${url.search}`,
    method: asked.method ?? 'GET',
    headers: { host: url.host, 'accept-encoding': 'identity', connection: 'close', ...asked.headers },
    signal,
    // No agent, not even `false`: with one, Node opens a connection of its own and never asks for ours.
  } as const
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? overHttps({
            ...options,
            createConnection: () =>
              overTls({
                socket,
                // The certificate is checked against the host in any case; only names are sent as SNI.
                host,
                ...(isIP(host) === 0 ? { servername: host } : {}),
                ...(settings.secureContext ? { secureContext: settings.secureContext } : {}),
              }),
          })
        : overHttp({ ...options, createConnection: () => socket })
    request.once('response', resolve)
    request.on('error', (error) => {
      socket.destroy()
      reject(error)
    })
    request.end(asked.body)
  })
}

function capped(
  source: IncomingMessage,
  { maxBytes, pace }: Pick<GuardedRequest, 'maxBytes' | 'pace'>,
  explain: (error: unknown) => unknown,
): Readable {
  let bytes = 0
  let before = 0
  const timer = pace && setInterval(look, pace.ms)
  /** A reader who is slow himself, and has not taken what is there, is not the sender's fault. */
  function look(): void {
    if (cap.readableLength === 0 && bytes - before < pace!.bytes)
      cap.destroy(new EgressError('time', 'the answer comes too slowly'))
    before = bytes
  }
  const cap = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(new EgressError('bytes', 'the answer is larger than allowed'))
      else done(null, chunk)
    },
    destroy(error, done) {
      clearInterval(timer)
      done(error ? (explain(error) as Error) : null)
    },
  })
  cap.once('end', () => clearInterval(timer))
  // Readers hear of errors through the stream itself.
  pipeline(source, cap, () => {})
  return cap
}
