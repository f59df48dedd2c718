/**
 * A server with OpenAI's audio API that really hears (tones) and, when told so, misbehaves as servers and
 * the networks before them do.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { hearTones } from './tone-ear.ts'

/** A whole answer of the test's own, or one of the ways to fail. */
export type Behaviour =
  | { status: number; headers?: Record<string, string>; body: string }
  | 'hang'
  | 'hang in the middle'
  | 'cut off'
  | 'reset'

export interface Asked {
  path: string
  authorization: string | undefined
  fields: Record<string, string[]>
  /** Seconds. */
  length: number
}

export interface TranscriptionDouble {
  url: string
  /** Every request for a transcription so far. */
  asked: Asked[]
  /** Most requests at the same time so far. */
  most: number
  /** For the next requests, one each; after them, all is well. */
  next: Behaviour[]
  /** Looked at first: how to answer this request, or undefined for `next`. */
  rule: ((asked: Asked) => Behaviour | undefined) | undefined
  /** What a part takes, ms. */
  costMs: number
  /** Lets so many more answers out; the others wait until what it returns is called. */
  hold(after: number): () => void
  close(): Promise<void>
}

/** @param key that it wants as a bearer token; undefined: none */
export async function startTranscriptionDouble(key?: string): Promise<TranscriptionDouble> {
  let running = 0
  let gate: Gate = () => undefined
  const server = createServer(async (request, response) => {
    running++
    double.most = Math.max(double.most, running)
    response.on('close', () => running--)
    await answer(double, gate, key, request, response).catch((error: unknown) =>
      response.destroy(error as Error),
    )
  })
  const double: TranscriptionDouble = {
    url: '',
    asked: [],
    most: 0,
    next: [],
    rule: undefined,
    costMs: 0,
    hold(after) {
      let left = after
      let open = (): void => {}
      const opened = new Promise<void>((done) => {
        open = done
      })
      gate = () => (left-- > 0 ? undefined : opened)
      return open
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  double.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return double
}

/** What an answer waits for. */
type Gate = () => Promise<void> | undefined

async function answer(
  double: TranscriptionDouble,
  gate: Gate,
  key: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { authorization } = request.headers
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (key !== undefined && authorization !== `Bearer ${key}`)
    return json(response, 401, {
      error: { code: 'invalid_api_key', message: `no such key: ${authorization}` },
    })
  if (request.url === '/v1/models') return json(response, 200, { object: 'list', data: [] })
  const form = await new Response(Buffer.concat(chunks), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData()
  const pcm = await pcmOf(form)
  const asked: Asked = {
    path: request.url ?? '',
    authorization,
    fields: Object.fromEntries(
      [...new Set(form.keys())].filter((k) => k !== 'file').map((k) => [k, form.getAll(k).map(String)]),
    ),
    length: pcm.length / 16_000,
  }
  double.asked.push(asked)
  await gate()
  if (double.costMs > 0) await sleep(double.costMs)
  const behaviour = double.rule?.(asked) ?? double.next.shift()
  if (behaviour === undefined) return json(response, 200, transcription(pcm, asked))
  if (typeof behaviour === 'object') {
    response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers })
    response.end(behaviour.body)
  } else if (behaviour === 'reset') request.socket.destroy()
  else if (behaviour !== 'hang') {
    const whole = JSON.stringify(transcription(pcm, asked))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
    response.write(whole.slice(0, whole.length / 2), () => {
      if (behaviour === 'cut off') request.socket.destroy()
    })
  }
}

/** What a good server says, as OpenAI does: language by name, words on request only. */
function transcription(pcm: Int16Array, { fields, length }: Asked): object {
  const words = hearTones(pcm)
  const text = words.map((w) => w.word).join(' ')
  if (fields.response_format?.[0] !== 'verbose_json') return { text }
  const [first, last] = [words[0], words.at(-1)]
  return {
    task: 'transcribe',
    duration: length,
    language: 'english',
    text,
    segments:
      first && last
        ? [{ id: 0, start: first.start, end: last.end, text: ` ${text}`, avg_logprob: -0.1 }]
        : [],
    ...(fields['timestamp_granularities[]']?.includes('word') && { words }),
  }
}

async function pcmOf(form: FormData): Promise<Int16Array> {
  const file = form.get('file')
  if (!(file instanceof Blob)) throw new Error('no file')
  const bytes = await file.arrayBuffer()
  return new Int16Array(bytes.slice(44))
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
