/** One request to a server that speaks OpenAI's audio API. */
import { type RecogniseOptions, SAMPLE_RATE } from '../../../ports/engine.ts'
import { retryAfterMs } from '../../retry-after.ts'
import { BadAnswer } from './answer.ts'
import { isPassing } from './retry.ts'
import { wavFile } from './wav.ts'

export interface ServerOptions {
  /** The address before `/v1/audio/transcriptions`; with or without the `/v1`. */
  url: string
  /** Sent as a bearer token, and never logged. */
  key?: string | undefined
  /** What the server is asked for. */
  model: string
}

/** How much a server is asked for; some refuse what they do not know. */
export const FORMATS = ['words', 'segments', 'text'] as const
export type Format = (typeof FORMATS)[number]

/** The server will say the same again. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  constructor(status: number, detail: string) {
    super(`HTTP ${status}${detail}`)
    this.status = status
  }
}

/** It may go better next time. */
export class Passing extends Error {
  override readonly name = 'Passing'
  /** What the server asked for. */
  readonly pauseMs: number | undefined
  constructor(message: string, pauseMs?: number, options?: ErrorOptions) {
    super(message, options)
    this.pauseMs = pauseMs
  }
}

/** The longest transcript of a part is some kilobytes, with its words some dozens. */
const LARGEST_ANSWER = 4 * 1024 * 1024
/** A server's own words may hold anything; this much of an error is safe to log. */
const ERROR_CODE = /^[\w.-]{1,60}$/

/** The server's address for `path`, such as `/models`. */
export function address(url: string, path: string): string {
  const base = url.replace(/\/+$/, '')
  return `${base.endsWith('/v1') ? base : `${base}/v1`}${path}`
}

const authorization = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { authorization: `Bearer ${key}` }

/**
 * Has a part recognised, once. @returns the body of a good answer
 * @throws Refused, Passing, BadAnswer, or the signal's reason
 */
export async function ask(
  { url, key, model }: ServerOptions,
  pcm: Int16Array,
  { language, task, prompt, keywords = [], temperature }: RecogniseOptions,
  format: Format,
  signal: AbortSignal,
): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([wavFile(pcm, SAMPLE_RATE)], { type: 'audio/wav' }), 'part.wav')
  form.append('model', model)
  form.append('response_format', format === 'text' ? 'json' : 'verbose_json')
  if (format === 'words')
    for (const each of ['word', 'segment']) form.append('timestamp_granularities[]', each)
  if (language && task !== 'translate') form.append('language', language)
  // Servers have no common field for keywords; all take them in the prompt, which Whisper goes on from.
  const hint = [prompt, keywords.join(', ')].filter(Boolean).join(' ')
  if (hint) form.append('prompt', hint)
  if (temperature !== undefined) form.append('temperature', String(temperature))
  const path = task === 'translate' ? '/audio/translations' : '/audio/transcriptions'
  const response = await reach(address(url, path), {
    method: 'POST',
    headers: { ...authorization(key), accept: 'application/json' },
    body: form,
    signal,
  })
  const body = await read(response, signal)
  if (response.status !== 200) throw refusal(response, body)
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? ''))
    throw new BadAnswer('an answer that is not said to be JSON')
  return body
}

/** Whether the server answers at all, and takes the key. @throws Refused, Passing, or the signal's reason */
export async function greet({ url, key }: ServerOptions, signal: AbortSignal): Promise<void> {
  const response = await reach(address(url, '/models'), { headers: authorization(key), signal })
  await response.body?.cancel()
  const { status } = response
  if (status === 401 || status === 403) throw new Refused(status, '')
  if (status >= 500) throw new Passing(`HTTP ${status}`)
}

/** A redirect would carry the audio, or the key, to where the operator did not send it. */
async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual' })
  } catch (cause) {
    throw unreachable(cause, init.signal)
  }
}

function unreachable(cause: unknown, signal: AbortSignal | null | undefined): unknown {
  if (signal?.aborted) return signal.reason
  const { code } = ((cause as Error).cause ?? {}) as NodeJS.ErrnoException
  return new Passing(`cannot be reached${code ? ` (${code})` : ''}`, undefined, { cause })
}

async function read(response: Response, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > LARGEST_ANSWER) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw unreachable(cause, signal)
  }
  if (size > LARGEST_ANSWER) throw new Refused(response.status, ', and an answer without end')
  return Buffer.concat(chunks).toString('utf8')
}

function refusal({ status, headers }: Response, body: string): Error {
  const detail = errorCode(body)
  if (!isPassing(status)) return new Refused(status, detail)
  return new Passing(`HTTP ${status}${detail}`, retryAfterMs(headers.get('retry-after'), Date.now()))
}

function errorCode(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; type?: unknown } }
    const said = [error?.code, error?.type].find((s) => typeof s === 'string' && ERROR_CODE.test(s))
    return said === undefined ? '' : `, ${String(said)}`
  } catch {
    return ''
  }
}
