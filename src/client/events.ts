/** A transcription's events. A connection that breaks is taken up again behind the last one that came. */
import type { EndEvent, ProgressEvent, SegmentEvent } from '../contract/native.ts'
import { apiError, ConnectionError } from './errors.ts'
import type { Http, RequestOptions } from './http.ts'

export type TranscriptionEvent = { id: string } & (
  | ({ type: 'progress' } & ProgressEvent)
  /** A segment that no longer changes; `index` counts from 0. */
  | ({ type: 'segment' } & SegmentEvent)
  /** The last one. */
  | ({ type: 'end' } & Pick<EndEvent, 'state'> & { transcription: EndEvent })
)

export interface EventOptions extends RequestOptions {
  /** The id of the last event that is known. */
  after?: string | undefined
}

/** The server lets at most 15 seconds pass without a sign of life. */
const SILENCE_MS = 45_000
const NO_CONTENT = 204

export async function* readEvents(
  http: Http,
  transcriptionId: string,
  { signal, after }: EventOptions,
): AsyncGenerator<TranscriptionEvent> {
  const path = `/transcriptions/${encodeURIComponent(transcriptionId)}/events`
  let last = after
  let failures = 0
  for (;;) {
    let error: unknown = new ConnectionError('The stream of events ended early.')
    try {
      const response = await http.open('GET', path, {
        headers: { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': last }) },
        signal,
      })
      if (response.status === NO_CONTENT) return
      if (!response.ok || !response.body) throw await apiError(response)
      for await (const text of alive(response.body, signal)) {
        failures = 0
        for (const block of text) {
          const event = readBlock(block)
          if (!event) continue
          last = event.id
          yield event
          if (event.type === 'end') return
        }
      }
    } catch (cause) {
      error = cause
    }
    failures++
    await http.rest(error, failures, signal)
  }
}

/** The whole blocks of each chunk. @throws ConnectionError where it breaks off or falls silent */
async function* alive(body: ReadableStream<Uint8Array>, signal?: AbortSignal): AsyncGenerator<string[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await orSilence(reader.read(), signal)
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      yield blocks
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

function orSilence<T>(read: Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const broken = (why: string): void => fail(new ConnectionError(why))
    const timer = setTimeout(() => broken('The stream of events fell silent.'), SILENCE_MS)
    const stop = (): void => fail(signal?.reason)
    signal?.addEventListener('abort', stop)
    read
      .then(done, () => broken('The stream of events broke off.'))
      .finally(() => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
      })
  })
}

function readBlock(block: string): TranscriptionEvent | undefined {
  const fields: Record<string, string> = {}
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ')
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2)
  }
  const { id, event: type, data } = fields
  if (id === undefined || type === undefined || data === undefined) return undefined
  const value = JSON.parse(data) as object
  if (type === 'end') {
    const transcription = value as EndEvent
    return { id, type, state: transcription.state, transcription }
  }
  // What a newer server has besides is not for this client.
  if (type !== 'progress' && type !== 'segment') return undefined
  return { id, type, ...value } as TranscriptionEvent
}
