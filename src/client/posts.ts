import type { DraftReply, PostAccountReply, PostReply } from '../contract/posts.ts'
import { type Http, type RequestOptions, randomKey } from './http.ts'
import { allOf } from './pages.ts'

export interface DraftOptions extends RequestOptions {
  /** Accounts to post to. */
  accountIds: readonly string[]
  /** Seconds: the part of the recording to take the text from. */
  from?: number
  to?: number
}

/** Transcripts as posts on other platforms. */
export class Posts {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** The accounts to post to. */
  async accounts({ signal }: RequestOptions = {}): Promise<PostAccountReply[]> {
    const { items } = await this.#http.json<{ items: PostAccountReply[] }>('GET', '/post-accounts', {
      signal,
    })
    return items
  }

  /** Drafts a thread from a transcript, or a part of it, that fits the accounts. Nothing is posted yet. */
  draft(transcriptionId: string, { signal, ...body }: DraftOptions): Promise<DraftReply> {
    const path = `/transcriptions/${encodeURIComponent(transcriptionId)}/drafts`
    return this.#http.jsonOnce('POST', path, { body, signal })
  }

  changeDraft(
    id: string,
    body: { thread?: readonly string[]; accountIds?: readonly string[] },
    { signal }: RequestOptions = {},
  ): Promise<DraftReply> {
    return this.#http.json('PATCH', draftAt(id), { body, signal })
  }

  /** Posts a draft now, or at `scheduledTime`. */
  publish(
    draftId: string,
    {
      scheduledTime,
      idempotencyKey = randomKey(),
      signal,
    }: RequestOptions & { scheduledTime?: Date; idempotencyKey?: string } = {},
  ): Promise<PostReply> {
    return this.#http.json('POST', `${draftAt(draftId)}/publish`, {
      body: { scheduledTime: scheduledTime?.toISOString() },
      headers: { 'idempotency-key': idempotencyKey },
      signal,
    })
  }

  /** All posts, by their scheduled time, latest first. */
  list({
    state,
    ...options
  }: RequestOptions & { state?: PostReply['state'] } = {}): AsyncGenerator<PostReply> {
    return allOf(this.#http, '/posts', { limit: 100, state }, options)
  }

  /** Works only until the post is being published. @throws ApiError `post.ended` */
  cancel(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', `/posts/${encodeURIComponent(id)}`, { signal }, () => {})
  }
}

const draftAt = (id: string): string => `/drafts/${encodeURIComponent(id)}`
