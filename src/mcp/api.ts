/**
 * Earshot as the tools see it: its native API. The server's own `/mcp` asks it inside the process, `earshot mcp` over
 * the network: keys, scopes, limits and credits are the API's either way.
 */
export interface ApiAnswer {
  status: number
  contentType: string
  body: Buffer
}

export interface AskOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Api {
  /** @param path under `/v1` */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, options?: AskOptions): Promise<ApiAnswer>
  /** Puts a file of the client's machine into the library; undefined where that cannot be seen from here. */
  upload?(path: string, signal: AbortSignal): Promise<{ mediaId: string }>
}

/** What the API says is wrong, in its own words. */
export class ApiError extends Error {
  constructor({ status, body }: ApiAnswer) {
    super(messageIn(body) ?? `The server answered with status ${status}.`)
    this.name = 'ApiError'
  }
}

/** @throws ApiError */
export async function askJson<T>(api: Api, ...asked: Parameters<Api['ask']>): Promise<T> {
  const answer = await api.ask(...asked)
  if (answer.status >= 400) throw new ApiError(answer)
  return JSON.parse(answer.body.toString('utf8')) as T
}

function messageIn(body: Buffer): string | undefined {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: { message?: unknown } }
    return typeof error?.message === 'string' ? error.message : undefined
  } catch {
    return undefined
  }
}
