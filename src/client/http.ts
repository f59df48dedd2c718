/** Requests that are tried again where that can do no harm. */
import { ApiError, apiError, ConnectionError, EarshotError } from './errors.ts'

export interface ClientOptions {
  /** Where the server is, like `https://earshot.example.com`. */
  baseUrl: string | URL
  apiKey: string
  /** Instead of the global one. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Tries after the first that fails, and reconnections without any progress. Default: 6, some 20 seconds. */
  maxRetries?: number
  /** How long one try may take until its answer is there, in ms. Default: a minute; for a piece of a file ten. */
  timeoutMs?: number
}

/** What the client needs, and a page that a cookie authenticates, which has no key and the server’s own origin. */
export interface HttpOptions extends Omit<ClientOptions, 'baseUrl' | 'apiKey'> {
  /** Stands before every path. */
  base: string
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Whoever asks to be left alone for longer gets an error that says so. Default: two minutes. */
  longestAskedMs?: number
}

export interface RequestOptions {
  signal?: AbortSignal | undefined
}

export interface CreateOptions extends RequestOptions {
  /** The same one begins the same thing once, however often it is sent. Default: one for each call. */
  idempotencyKey?: string | undefined
}

interface Call extends RequestOptions {
  headers?: Record<string, string>
  body?: Blob | string
  timeoutMs?: number
  /** Sent even where the page goes away meanwhile: for small bodies. */
  keepalive?: boolean | undefined
}

const DEFAULT_RETRIES = 6
const DEFAULT_TIMEOUT_MS = 60_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8000
const LONGEST_ASKED_MS = 120_000

const PASSING = new Set([408, 423, 425, 429, 500, 502, 503, 504])

/** Whether another try may do better. */
export const isPassing = (error: unknown): error is ApiError | ConnectionError =>
  error instanceof ConnectionError || (error instanceof ApiError && PASSING.has(error.status))

/** Of pages and workers; elsewhere there is none. */
const network = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>

export class Http {
  readonly #options: HttpOptions
  readonly #maxRetries: number
  readonly #fetch: NonNullable<ClientOptions['fetch']>

  constructor(options: HttpOptions) {
    this.#options = options
    this.#maxRetries = options.maxRetries ?? DEFAULT_RETRIES
    // Browsers refuse a fetch that was taken off its window.
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init))
  }

  /**
   * One try.
   * @param path behind the base @param read takes what is wanted of the answer
   * @throws ApiError, ConnectionError, or the signal's reason
   */
  once<T>(
    method: string,
    path: string,
    call: Call,
    read: (response: Response) => T | Promise<T>,
  ): Promise<T> {
    return this.#within(call, async (signal) => {
      const response = await this.#send(method, path, call, signal)
      if (!response.ok) throw await apiError(response)
      return read(response)
    })
  }

  /** The answer as soon as its headers are there, of whatever status. */
  open(method: string, path: string, call: Call): Promise<Response> {
    return this.#within(call, (signal) => this.#send(method, path, call, signal))
  }

  /** Tried again after what passes. Only for what can be sent twice. */
  async call<T>(
    method: string,
    path: string,
    call: Call,
    read: (response: Response) => T | Promise<T>,
  ): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await this.once(method, path, call, read)
      } catch (error) {
        await this.rest(error, failures, call.signal)
      }
    }
  }

  #send(
    method: string,
    path: string,
    { headers, body, keepalive }: Call,
    signal: AbortSignal,
  ): Promise<Response> {
    return this.#fetch(this.#options.base + path, {
      method,
      headers: { ...this.#options.headers, ...headers },
      signal,
      ...(body !== undefined && { body }),
      ...(keepalive && { keepalive }),
    })
  }

  async #within<T>(
    { signal, body, timeoutMs = this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS }: Call,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted()
    // On Node 20 AbortSignal.any and .timeout can be collected as garbage before they fire.
    const limit = new AbortController()
    const stop = (): void => limit.abort(signal?.reason)
    signal?.addEventListener('abort', stop)
    const timer = setTimeout(
      () => limit.abort(new Error(`nothing for ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    )
    // A dead network says nothing to what is being sent: a piece of a file would wait for its ten minutes.
    const cut = (): void => limit.abort(new Error('the network is gone'))
    if (body instanceof Blob) network.addEventListener?.('offline', cut)
    try {
      return await run(limit.signal)
    } catch (cause) {
      signal?.throwIfAborted()
      if (cause instanceof EarshotError) throw cause
      throw new ConnectionError(`No answer from ${this.#options.base}: ${reason(cause)}`, { cause })
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      network.removeEventListener?.('offline', cut)
    }
  }

  /** Waits before the next try. @param failures since there was progress @throws error where there is to be none */
  async rest(error: unknown, failures: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (!isPassing(error) || failures > this.#maxRetries) throw error
    const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0
    if (asked > (this.#options.longestAskedMs ?? LONGEST_ASKED_MS)) throw error
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
    // Chance spreads clients that were cut off together.
    await orOnline(Math.max(asked, wait * (0.75 + Math.random() / 2)), signal)
  }

  json<T>(method: string, path: string, call: JsonCall = {}): Promise<T> {
    return this.call<T>(method, path, asJson(call), fromJson)
  }

  /** What begins or costs something: once, however often it is tried. */
  begin<T>(
    path: string,
    body: unknown,
    { idempotencyKey = randomKey(), signal }: CreateOptions = {},
  ): Promise<T> {
    return this.json('POST', path, { body, headers: { 'idempotency-key': idempotencyKey }, signal })
  }

  /** One try. */
  jsonOnce<T>(method: string, path: string, call: JsonCall = {}): Promise<T> {
    return this.once<T>(method, path, asJson(call), fromJson)
  }
}

type JsonCall = Omit<Call, 'body'> & { body?: unknown }

const asJson = ({ body, headers, ...call }: JsonCall): Call => ({
  ...call,
  headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

/** 204 has no body. */
async function fromJson<T>(response: Response): Promise<T> {
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

function reason(cause: unknown): string {
  const { message, cause: deeper } = cause as Error
  return deeper instanceof Error && deeper.message ? deeper.message : message
}

/** A while, or until the browser is online again. */
async function orOnline(ms: number, signal?: AbortSignal): Promise<void> {
  const woken = new AbortController()
  const wake = (): void => woken.abort()
  network.addEventListener?.('online', wake)
  signal?.addEventListener('abort', wake)
  await sleep(ms, woken.signal).catch(() => {})
  network.removeEventListener?.('online', wake)
  signal?.removeEventListener('abort', wake)
  signal?.throwIfAborted()
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const stop = (): void => {
      clearTimeout(timer)
      fail(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      done()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** `crypto.randomUUID` is missing on pages that came over plain http. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
