/** A platform's API in JSON, through the guard. */
import { PublishError } from '../../ports/publisher.ts'
import { EgressError, type EgressPolicy, type Guard, isRefused, readBody } from '../egress/index.ts'
import { retryAfterMs } from '../retry-after.ts'

const TIMEOUT_MS = 30_000
const MOST_BYTES = 2 * 1024 * 1024

export interface Question {
  method?: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  /** JSON, unless it has a type of its own. */
  body?: string | Buffer
  contentType?: string
  signal: AbortSignal
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** Undefined: it is no JSON. */
  json: unknown
}

export type Ask = (question: Question) => Promise<Answer>

/** @throws PublishError where there is no answer */
export const asking =
  (guard: Guard, policyFor: (url: URL) => EgressPolicy): Ask =>
  async ({ method = 'GET', url, headers = {}, body, contentType = 'application/json', signal }) => {
    try {
      const answer = await guard.request({
        method,
        url,
        headers: {
          accept: 'application/json',
          'user-agent': 'Earshot/1',
          ...headers,
          ...(body !== undefined && {
            'content-type': contentType,
            'content-length': String(Buffer.byteLength(body)),
          }),
        },
        ...(body !== undefined && { body }),
        policy: policyFor(new URL(url)),
        signal,
        maxBytes: MOST_BYTES,
        timeoutMs: TIMEOUT_MS,
      })
      const text = (await readBody(answer)).toString('utf8')
      return { status: answer.status, headers: answer.headers, json: parsed(text) }
    } catch (cause) {
      signal.throwIfAborted()
      const said = cause instanceof EgressError ? cause.message : 'the connection failed'
      throw new PublishError(`${new URL(url).host} cannot be reached: ${said}.`, {
        again: !isRefused(cause),
        // Once a connection stands, what was sent may have arrived.
        unknown: !(isRefused(cause) || (cause instanceof EgressError && UNSENT.has(cause.code))),
        cause,
      })
    }
  }

/** What is asked before anything is posted: however it breaks off, the post is not out. @throws PublishError */
export async function beforePosting(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (cause) {
    if (!(cause instanceof PublishError)) throw cause
    const { message, again, retryAfterMs } = cause
    throw new PublishError(message, { again, retryAfterMs, cause })
  }
}

/** No byte was sent. */
const UNSENT: ReadonlySet<string> = new Set(['dns', 'connect'])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A field of an answer, where it is a text. */
export function textOf(json: unknown, field: string): string | undefined {
  const value = (json as Record<string, unknown> | null | undefined)?.[field]
  return typeof value === 'string' ? value : undefined
}

/**
 * What an answer that is no success means. Credentials that are refused, and posts that are, will be refused again;
 * a crowd or a fault of the server passes.
 */
export function refusal({ status, headers, json }: Answer, who: string, now: number): PublishError {
  const says = (
    textOf(json, 'message') ??
    textOf(json, 'error_description') ??
    textOf(json, 'error') ??
    ''
  ).slice(0, 300)
  const said = says === '' ? `${status}` : `${status}: ${says}`
  const again = status === 408 || status === 425 || status === 429 || status >= 500
  return new PublishError(`${who} answered ${said}`, {
    again,
    retryAfterMs: again ? waitOf(headers, now) : undefined,
    // A gateway's answer says nothing of what became of the post behind it.
    unknown: status >= 500 || status === 408,
  })
}

/** `Retry-After`; else when the limit begins anew: Mastodon says it as a date, Bluesky in Unix seconds. */
function waitOf(headers: Answer['headers'], now: number): number | undefined {
  const one = (name: string): string | undefined => {
    const value = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  const asked = retryAfterMs(one('retry-after'), now)
  if (asked !== undefined) return asked
  const date = Date.parse(one('x-ratelimit-reset') ?? '')
  if (one('x-ratelimit-remaining') === '0' && !Number.isNaN(date)) return Math.max(0, date - now)
  const seconds = Number(one('ratelimit-reset') ?? Number.NaN)
  if (one('ratelimit-remaining') === '0' && seconds > 0) return Math.max(0, seconds * 1000 - now)
  return undefined
}
