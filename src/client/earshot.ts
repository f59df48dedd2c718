import type { CreditsReply } from '../contract/account.ts'
import type { EXPORT_FORMATS, ExportOptions } from '../contract/formats.ts'
import type {
  CapabilitiesReply,
  CreateTranscriptionBody,
  DeleteTranscriptionReply,
  ListTranscriptionsQuery,
  ListTranscriptionsReply,
  TranscriptionReply,
} from '../contract/native.ts'
import { Batches } from './batches.ts'
import { Comments } from './comments.ts'
import { TranscriptionError } from './errors.ts'
import { type EventOptions, readEvents, type TranscriptionEvent } from './events.ts'
import { type ClientOptions, type CreateOptions, Http, type RequestOptions } from './http.ts'
import { withQuery } from './pages.ts'
import { Posts } from './posts.ts'
import { Subscriptions } from './subscriptions.ts'
import { type UploadOptions, type UploadProgress, uploading } from './upload.ts'
import { Videos } from './videos.ts'

/** A file, a post on a platform or the address of a media file, or a file of the media library. */
export type Source = Blob | { url: string } | { mediaId: string }

/** Language, model, keywords and so on: all that `POST /v1/transcriptions` takes besides the source. */
export type Wishes = Omit<CreateTranscriptionBody, 'url' | 'mediaId'>

export interface TranscribeOptions extends CreateOptions {
  upload?: Pick<UploadOptions, 'filename' | 'uploadId'>
}

/** Everything from the first byte that is sent to the last segment. */
export type StreamEvent =
  | ({ type: 'upload' } & UploadProgress)
  | { type: 'created'; transcription: TranscriptionReply }
  | TranscriptionEvent

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Line length, lines, speakers, times, frames per second. A format ignores options that do not apply to it. */
export type ExportRequest = RequestOptions & ExportOptions

const LONGEST_TITLE = 300

/** A client of an Earshot server. */
export class Earshot {
  readonly batches: Batches
  readonly subscriptions: Subscriptions
  readonly posts: Posts
  readonly comments: Comments
  readonly videos: Videos
  readonly #http: Http

  constructor({ baseUrl, apiKey, ...options }: ClientOptions) {
    const base = `${withoutEnd(String(baseUrl))}/v1`
    this.#http = new Http({ ...options, base, headers: { authorization: `Bearer ${apiKey}` } })
    this.batches = new Batches(this.#http)
    this.subscriptions = new Subscriptions(this.#http)
    this.posts = new Posts(this.#http)
    this.comments = new Comments(this.#http)
    this.videos = new Videos(this.#http)
  }

  /** Sends a file in pieces. @returns the id of the file in the media library */
  async upload(file: Blob, options: UploadOptions = {}): Promise<string> {
    const pieces = uploading(this.#http, file, options)
    for (;;) {
      const { done, value } = await pieces.next()
      if (done) return value
      options.onProgress?.(value)
    }
  }

  /** Begins a transcription, and does not wait for it. */
  create(
    source: Exclude<Source, Blob>,
    wishes: Wishes = {},
    options?: CreateOptions,
  ): Promise<TranscriptionReply> {
    const body = { ...source, ...wishes } satisfies CreateTranscriptionBody
    return this.#http.begin('/transcriptions', body, options)
  }

  /** Progress, segments as they become final, and the end. Reconnects by itself and misses nothing. */
  events(id: string, options: EventOptions = {}): AsyncGenerator<TranscriptionEvent> {
    return readEvents(this.#http, id, options)
  }

  /** @returns the transcription once it has succeeded @throws TranscriptionError where it ended otherwise */
  async wait(
    id: string,
    options: EventOptions & { onEvent?: (event: TranscriptionEvent) => void } = {},
  ): Promise<TranscriptionReply> {
    for await (const event of this.events(id, options)) options.onEvent?.(event)
    return this.#succeeded(id, options)
  }

  /** Uploads where there is something to, begins the transcription, and tells all that happens until it has ended. */
  async *stream(
    source: Source,
    wishes: Wishes = {},
    { upload, ...options }: TranscribeOptions = {},
  ): AsyncGenerator<StreamEvent> {
    const isFile = source instanceof Blob
    const stored = isFile ? { mediaId: yield* this.#sent(source, upload, options) } : source
    const named = isFile ? titled(upload?.filename ?? (source as Partial<File>).name) : {}
    const transcription = await this.create(stored, { ...named, ...wishes }, options)
    yield { type: 'created', transcription }
    yield* this.events(transcription.id, options)
  }

  /** The same at once. @throws TranscriptionError where there is no text at the end */
  async transcribe(
    source: Source,
    wishes: Wishes = {},
    options: TranscribeOptions & { onEvent?: (event: StreamEvent) => void } = {},
  ): Promise<TranscriptionReply> {
    let id = ''
    for await (const event of this.stream(source, wishes, options)) {
      if (event.type === 'created') id = event.transcription.id
      options.onEvent?.(event)
    }
    return this.#succeeded(id, options)
  }

  async #succeeded(id: string, options: RequestOptions): Promise<TranscriptionReply> {
    const ended = await this.get(id, options)
    if (ended.state !== 'succeeded') throw new TranscriptionError(ended)
    return ended
  }

  async *#sent(
    file: Blob,
    upload: TranscribeOptions['upload'],
    { signal }: RequestOptions,
  ): AsyncGenerator<StreamEvent, string> {
    const pieces = uploading(this.#http, file, { ...upload, signal })
    for (;;) {
      const { done, value } = await pieces.next()
      if (done) return value
      yield { type: 'upload', ...value }
    }
  }

  get(id: string, { signal }: RequestOptions = {}): Promise<TranscriptionReply> {
    return this.#http.json('GET', `/transcriptions/${encodeURIComponent(id)}`, { signal })
  }

  /** One page; `nextCursor` leads to the next. */
  list(
    query: ListTranscriptionsQuery = {},
    { signal }: RequestOptions = {},
  ): Promise<ListTranscriptionsReply> {
    return this.#http.json('GET', withQuery('/transcriptions', query), { signal })
  }

  /** Cancels what is under way, for nothing; removes what has ended. Not tried again: the second would remove. */
  delete(id: string, { signal }: RequestOptions = {}): Promise<DeleteTranscriptionReply> {
    return this.#http.jsonOnce('DELETE', `/transcriptions/${encodeURIComponent(id)}`, { signal })
  }

  /** The transcript as a file. */
  export(id: string, format: Exclude<ExportFormat, 'docx'>, options?: ExportRequest): Promise<string>
  export(id: string, format: 'docx', options?: ExportRequest): Promise<Uint8Array>
  export(id: string, format: ExportFormat, options?: ExportRequest): Promise<string | Uint8Array>
  async export(
    id: string,
    format: ExportFormat,
    { signal, ...choices }: ExportRequest = {},
  ): Promise<string | Uint8Array> {
    const path = withQuery(`/transcriptions/${encodeURIComponent(id)}.${format}`, choices)
    return this.#http.call('GET', path, { signal }, async (response) =>
      format === 'docx' ? new Uint8Array(await response.arrayBuffer()) : response.text(),
    )
  }

  /** What this server can be asked for, and what it costs. */
  capabilities({ signal }: RequestOptions = {}): Promise<CapabilitiesReply> {
    return this.#http.json('GET', '/capabilities', { signal })
  }

  credits({ signal }: RequestOptions = {}): Promise<CreditsReply> {
    return this.#http.json('GET', '/credits', { signal })
  }
}

/** What a file is called when it is sent: where the same bytes came under another name before, the library keeps one of them. */
const titled = (name = ''): { title?: string } =>
  name.trim() === '' ? {} : { title: name.trim().slice(0, LONGEST_TITLE) }

/** With and without `/v1` at its end, as other clients want it. */
function withoutEnd(url: string): string {
  let end = url.length
  while (url[end - 1] === '/') end--
  const plain = url.slice(0, end)
  return plain.endsWith('/v1') ? plain.slice(0, -3) : plain
}
