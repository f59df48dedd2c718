/**
 * The server side of this page: JSON under `/api/dashboard`, authenticated by the session's cookie, and `/api/shared`. It is
 * asked by `earshot/client`, which tries again what may be tried again.
 */
import { ApiError, ConnectionError } from '../../src/client/errors.ts'
import { Http } from '../../src/client/http.ts'
import { catalogue, translator, withMessages } from './i18n/catalogue.ts'
import { pressKeys } from './press-keys.ts'

export { ApiError, ConnectionError }

const BASE = '/api/dashboard'
const SHARED = '/api/shared'
/** Some answers take minutes: a long list of a platform's, or a model's test. */
const TIMEOUT_MS = 5 * 60_000
/** While somebody looks at a page that loads: one that is told to wait for longer says so instead. */
const LONGEST_WAIT_MS = 5_000

let isReachable = true
const listeners = new Set<() => void>()

function setReachable(now: boolean): void {
  if (now === isReachable) return
  isReachable = now
  for (const listener of listeners) listener()
}

/** Whether the server answered the last time that it was asked. */
export const reachable = {
  read: (): boolean => isReachable,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  look: (): Promise<void> =>
    page.open('GET', `${BASE}/session`, {}).then(
      () => {},
      () => {},
    ),
}

async function watched(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init)
    setReachable(true)
    return response
  } catch (cause) {
    // What a page that is going away has asked for says nothing, nor does what nobody waits for any more.
    if (document.visibilityState === 'visible' && !init.signal?.aborted) setReachable(false)
    throw cause
  }
}

const page = new Http({
  base: '',
  fetch: watched,
  maxRetries: 2,
  timeoutMs: TIMEOUT_MS,
  longestAskedMs: LONGEST_WAIT_MS,
})

/** For what goes on for as long as it takes: uploads, and events. */
export const patient = new Http({ base: BASE, fetch: watched, maxRetries: Number.POSITIVE_INFINITY })

/** @throws what it throws, in the language of the page */
export async function worded<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ConnectionError) error.message = translator('shell')('trouble.noAnswer')
    else if (error instanceof ApiError) error.message = await wordsFor(error)
    throw error
  }
}

const wordsFor = ({ code, message, status, details }: ApiError): string | Promise<string> =>
  'reasonCode' in details
    ? inWords(code, message)
    : // Not ours: a proxy's page, perhaps.
      translator('shell')('trouble.status', { status: String(status) })

const keys = pressKeys()

/** What begins or costs something does so once, also where the answer is lost and the same is asked for again. */
async function begin<T>(path: string, body: unknown): Promise<T> {
  const press = keys.press(`${path} ${JSON.stringify(body)}`)
  try {
    return await worded(page.begin<T>(path, body, { idempotencyKey: press.key }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) press.unanswered()
    throw error
  }
}

/** @param address as `url` gives it @param take what is wanted of the answer */
export const read = <T>(path: string, take: (response: Response) => Promise<T>): Promise<T> =>
  worded(page.call('GET', path, {}, take))

const bytesOf = async (response: Response): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await response.arrayBuffer())

const words = withMessages(['errors'], () => import('./error-words.ts'))

/** English stays as the server says it: that has the details. Where the words cannot be fetched, too. */
export const inWords = (code: string, message: string): Promise<string> =>
  catalogue.read().language === 'en'
    ? Promise.resolve(message)
    : words().then(
        ({ errorWords }) => errorWords(code, message),
        () => message,
      )

const get = <T>(path: string): Promise<T> => worded(page.json('GET', path))
const once =
  (method: string) =>
  <T>(path: string, body?: unknown, keepalive?: boolean): Promise<T> =>
    worded(page.jsonOnce(method, BASE + path, { body, keepalive }))

/** Paths are relative to `/api/dashboard` and begin with a slash. @throws ApiError, ConnectionError */
export const api = {
  get: <T>(path: string): Promise<T> => get(BASE + path),
  /** For what takes an `Idempotency-Key`: tried again by itself. */
  begin: <T>(path: string, body?: unknown): Promise<T> => begin(BASE + path, body),
  /** One try. With `keepalive` it is sent even where the page goes away meanwhile; for small bodies. */
  post: once('POST'),
  put: <T>(path: string, body?: unknown): Promise<T> => worded(page.json('PUT', BASE + path, { body })),
  patch: once('PATCH'),
  delete: once('DELETE'),
  bytes: (path: string) => read(BASE + path, bytesOf),
  /** For what the browser fetches by itself: media and downloads. */
  url: (path: string): string => BASE + path,
}

/** What a link shows to whoever has it. Paths begin with the link's token. */
export const shared = {
  get: <T>(path: string): Promise<T> => get(SHARED + path),
  bytes: (path: string) => read(SHARED + path, bytesOf),
  url: (path: string): string => SHARED + path,
}
