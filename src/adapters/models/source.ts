import type { Readable } from 'node:stream'
import { Readable as NodeReadable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { type Guard, hostsPolicy } from '../egress/index.ts'

export interface SourceAnswer {
  status: number
  /** What the hub calls the reason of a refusal: `GatedRepo`, `RepoNotFound`… */
  fault: string | undefined
  /** Where the body begins in the file: 0, or what was asked for where the server can do that. */
  from: number
  /** Of the body; undefined: the server does not say. */
  length: number | undefined
  body: Readable
}

/** Where model files come from. */
export interface ModelSource {
  /** For messages. */
  host: string
  /** A file from byte `from` on. @throws Error when there is no answer */
  get(path: string, from: number, signal: AbortSignal): Promise<SourceAnswer>
}

const HUB = 'https://huggingface.co'
/** A redirect leads to one of the hub's own stores. */
const isHub = (host: string): boolean =>
  host === 'huggingface.co' || host.endsWith('.huggingface.co') || host.endsWith('.hf.co')
const DAY_MS = 86_400_000
const MAX_BYTES = 20 * 1024 ** 3

/** Hugging Face, through the guard. @param token of an account there, for what is not public */
export function hubSource(guard: Guard, token?: string): ModelSource {
  const policy = hostsPolicy('models', isHub)
  return {
    host: new URL(HUB).host,
    async get(path, from, signal) {
      const answer = await guard.get({
        url: `${HUB}/${path}`,
        headers: headersOf(from, token),
        policy,
        signal,
        maxBytes: MAX_BYTES,
        timeoutMs: DAY_MS,
      })
      const header = (name: string): string | undefined => {
        const value = answer.headers[name]
        return Array.isArray(value) ? value[0] : value
      }
      return { ...read(answer.status, header), body: answer.body }
    },
  }
}

/** `EARSHOT_MODELS_URL`: a mirror of the operator's with the hub's paths, in whatever network it is. */
export function mirrorSource(url: string, token?: string): ModelSource {
  const base = url.replace(/\/+$/, '')
  return {
    host: new URL(url).host,
    async get(path, from, signal) {
      // `fetch` drops the token where a redirect leads to another origin.
      const answer = await fetch(`${base}/${path}`, { headers: headersOf(from, token), signal })
      const body = answer.body
        ? NodeReadable.fromWeb(answer.body as ReadableStream<Uint8Array>)
        : NodeReadable.from([])
      return { ...read(answer.status, (name) => answer.headers.get(name) ?? undefined), body }
    },
  }
}

const headersOf = (from: number, token: string | undefined): Record<string, string> => ({
  ...(from > 0 && { range: `bytes=${from}-` }),
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
})

function read(status: number, header: (name: string) => string | undefined) {
  const length = header('content-length')
  const range = /^bytes (\d+)-/.exec(header('content-range') ?? '')
  return {
    status,
    fault: header('x-error-code'),
    from: status === 206 && range ? Number(range[1]) : 0,
    length: length === undefined ? undefined : Number(length),
  }
}
