/** A client of the native API as the tests use it. */
import type { TranscriptionReply } from '../../src/contract/native.ts'

export interface Answered<T> {
  status: number
  headers: Headers
  body: T
}

export interface NativeClient {
  call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answered<T>>
  /** As it is, without reading the body. */
  raw(path: string, init?: RequestInit): Promise<Response>
  /** The transcription once it has ended. */
  ended(id: string): Promise<TranscriptionReply>
}

export function nativeClient(origin: string, apiKey: string): NativeClient {
  const raw: NativeClient['raw'] = (path, init = {}) =>
    fetch(`${origin}/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...(init.headers as Record<string, string>) },
    })
  const call: NativeClient['call'] = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const answer = await raw(path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    }
  }
  return {
    raw,
    call,
    async ended(id) {
      for await (const { event } of readEvents(await raw(`/transcriptions/${id}/events`)))
        if (event === 'end') break
      return (await call<TranscriptionReply>('GET', `/transcriptions/${id}`)).body
    },
  }
}

export interface ServerEvent {
  id: string
  event: string
  data: unknown
}

/** The events of an SSE answer as they come; leaving the loop closes the connection. */
export async function* readEvents(answer: Response): AsyncGenerator<ServerEvent> {
  let rest = ''
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop()!
    for (const block of blocks) {
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      if (field('data') !== '')
        yield { id: field('id'), event: field('event'), data: JSON.parse(field('data')) as unknown }
    }
  }
}
