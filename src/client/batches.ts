import type {
  BatchItem,
  BatchItemState,
  BatchReply,
  CreateBatchBody,
  DeleteBatchReply,
  PreviewBatchReply,
} from '../contract/batches.ts'
import type { EXPORT_FORMATS } from '../contract/formats.ts'
import { type CreateOptions, type Http, type RequestOptions, sleep } from './http.ts'
import { allOf } from './pages.ts'

const LOOK_MS = 2000

/** Many transcriptions at once. */
export class Batches {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** Links and files, or the `url` of a playlist, a channel or a podcast’s feed. */
  create(body: CreateBatchBody, options?: CreateOptions): Promise<BatchReply> {
    return this.#http.begin('/batches', body, options)
  }

  /** The items and the cost of the same body. Nothing is started. */
  preview(body: CreateBatchBody, { signal }: RequestOptions = {}): Promise<PreviewBatchReply> {
    return this.#http.json('POST', '/batches/preview', { body, signal })
  }

  get(id: string, { signal }: RequestOptions = {}): Promise<BatchReply> {
    return this.#http.json('GET', at(id), { signal })
  }

  /** All of them, newest first. */
  list(options: RequestOptions = {}): AsyncGenerator<BatchReply> {
    return allOf(this.#http, '/batches', { limit: 100 }, options)
  }

  /** All items, or those in one state, in order. */
  items(
    id: string,
    { state, ...options }: RequestOptions & { state?: BatchItemState } = {},
  ): AsyncGenerator<BatchItem> {
    return allOf(this.#http, `${at(id)}/items`, { limit: 500, state }, options)
  }

  /** @returns the batch once all of its items have ended, whether they succeeded or not */
  async wait(
    id: string,
    { onProgress, signal }: RequestOptions & { onProgress?: (batch: BatchReply) => void } = {},
  ): Promise<BatchReply> {
    for (;;) {
      const batch = await this.get(id, { signal })
      onProgress?.(batch)
      if (batch.finishedAt !== null) return batch
      await sleep(LOOK_MS, signal)
    }
  }

  /** The finished texts as a ZIP, with a file for each text in each format. */
  zip(
    id: string,
    formats: readonly (typeof EXPORT_FORMATS)[number][] = ['txt'],
    { signal }: RequestOptions = {},
  ): Promise<Uint8Array> {
    return this.#http.call(
      'GET',
      `${at(id)}.zip?format=${formats.join()}`,
      { signal, timeoutMs: DOWNLOAD_MS },
      async (response) => new Uint8Array(await response.arrayBuffer()),
    )
  }

  /** Cancels a running batch; removes one that has ended. Not retried: a second request would remove the cancelled batch. */
  delete(id: string, { signal }: RequestOptions = {}): Promise<DeleteBatchReply> {
    return this.#http.jsonOnce('DELETE', at(id), { signal })
  }
}

const DOWNLOAD_MS = 600_000

const at = (id: string): string => `/batches/${encodeURIComponent(id)}`
