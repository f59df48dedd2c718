/** The server side of this page: JSON under `/api/dashboard`, authenticated by the session's cookie, and `/api/shared`. */
import { catalogue, translator, withMessages } from './i18n/catalogue.ts'
import { pressKeys } from './press-keys.ts'

const BASE = '/api/dashboard'
const SHARED = '/api/shared'

/** What the server says is wrong. `code` is the stable one of docs/errors.md. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(status: number, { message, details = {} }: { message: string; details?: Details }) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = String(details.reasonCode ?? '')
    this.details = details
  }
}

type Details = Record<string, unknown>

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
    fetch(`${BASE}/session`).then(
      () => setReachable(true),
      () => setReachable(false),
    ),
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    // What a page that is going away has asked for says nothing.
    if (document.visibilityState === 'visible') setReachable(false)
    throw new ApiError(0, { message: translator('shell')('trouble.noAnswer') })
  })
  setReachable(true)
  if (response.ok) return response
  throw new ApiError(response.status, await problemOf(await response.text(), response.status))
}

interface Sent {
  body?: string | undefined
  headers?: Record<string, string>
  keepalive?: boolean | undefined
}

async function send<T>(
  method: string,
  path: string,
  { body, headers, keepalive = false }: Sent = {},
): Promise<T> {
  const response = await answered(path, {
    method,
    keepalive,
    ...(body !== undefined && { body }),
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
  })
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

const keys = pressKeys()

/** What begins or costs something does so once, also where the answer is lost and the same is asked for again. */
async function post<T>(path: string, value?: unknown, keepalive?: boolean): Promise<T> {
  const body = json(value)
  const press = keys.press(`${path} ${body}`)
  try {
    return await send<T>('POST', path, { body, keepalive, headers: { 'idempotency-key': press.key } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) press.unanswered()
    throw error
  }
}

const json = (body: unknown): string | undefined => (body === undefined ? undefined : JSON.stringify(body))

const bytesOf = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await answered(path, {})).arrayBuffer())

async function problemOf(text: string, status: number): Promise<{ message: string; details?: Details }> {
  try {
    const { error } = JSON.parse(text) as { error: { message: string; details?: Details } }
    if (typeof error.message === 'string')
      return { ...error, message: await inWords(String(error.details?.reasonCode), error.message) }
  } catch {
    // Not ours: a proxy's page, perhaps.
  }
  return { message: translator('shell')('trouble.status', { status: String(status) }) }
}

const words = withMessages(['errors'], () => import('./error-words.ts'))

/** English stays as the server says it: that has the details. Where the words cannot be fetched, too. */
export const inWords = (code: string, message: string): Promise<string> =>
  catalogue.read().language === 'en'
    ? Promise.resolve(message)
    : words().then(
        ({ errorWords }) => errorWords(code, message),
        () => message,
      )

/** Paths are relative to `/api/dashboard` and begin with a slash. @throws ApiError with the server's message */
export const api = {
  get: <T>(path: string): Promise<T> => send('GET', BASE + path),
  /** @param keepalive it is sent even where the page goes away meanwhile; for small bodies */
  post: <T>(path: string, body?: unknown, keepalive?: boolean): Promise<T> =>
    post(BASE + path, body, keepalive),
  put: <T>(path: string, body?: unknown): Promise<T> => send('PUT', BASE + path, { body: json(body) }),
  patch: <T>(path: string, body?: unknown): Promise<T> => send('PATCH', BASE + path, { body: json(body) }),
  delete: <T>(path: string, body?: unknown): Promise<T> => send('DELETE', BASE + path, { body: json(body) }),
  bytes: (path: string) => bytesOf(BASE + path),
  /** For what the browser fetches by itself: media, downloads, event streams, uploads. */
  url: (path: string): string => BASE + path,
}

/** What a link shows to whoever has it. Paths begin with the link's token. */
export const shared = {
  get: <T>(path: string): Promise<T> => send('GET', SHARED + path),
  bytes: (path: string) => bytesOf(SHARED + path),
  url: (path: string): string => SHARED + path,
}
