import type {
  ConnectPostAccountBody,
  ConnectPostAccountReply,
  DraftReply,
  ListAttemptsReply,
  PostAccountReply,
  PostReply,
} from '../contract/posts.ts'
import type { CreateOptions, Http, RequestOptions } from './http.ts'
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

  /** Connects an account on Mastodon or Bluesky, or a webhook, whose `secret` is in the answer this once. */
  connect(body: ConnectPostAccountBody, { signal }: RequestOptions = {}): Promise<ConnectPostAccountReply> {
    return this.#http.jsonOnce('POST', '/post-accounts', { body, signal })
  }

  /** Whether an account can be posted to. Nothing is published. @throws ApiError `post.account` */
  test(accountId: string, { signal }: RequestOptions = {}): Promise<PostAccountReply> {
    return this.#http.json('POST', `${accountAt(accountId)}/test`, { signal })
  }

  /** Posts that still wait for this account fail when their time comes. */
  disconnect(accountId: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', accountAt(accountId), { signal }, () => {})
  }

  /** Drafts a thread from a transcript, or a part of it, that fits the accounts. Nothing is posted yet. */
  draft(transcriptionId: string, { signal, ...body }: DraftOptions): Promise<DraftReply> {
    const path = `/transcriptions/${encodeURIComponent(transcriptionId)}/drafts`
    return this.#http.begin(path, body, { signal })
  }

  /** A draft of a text, which is cut to what the accounts take, or of a thread as it is. */
  write(
    body: { accountIds: readonly string[] } & ({ text: string } | { thread: readonly string[] }),
    { signal }: RequestOptions = {},
  ): Promise<DraftReply> {
    return this.#http.begin('/drafts', body, { signal })
  }

  async drafts({ signal }: RequestOptions = {}): Promise<DraftReply[]> {
    const { items } = await this.#http.json<{ items: DraftReply[] }>('GET', '/drafts', { signal })
    return items
  }

  removeDraft(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', draftAt(id), { signal }, () => {})
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
    { scheduledTime, ...options }: CreateOptions & { scheduledTime?: Date } = {},
  ): Promise<PostReply> {
    const body = { scheduledTime: scheduledTime?.toISOString() }
    return this.#http.begin(`${draftAt(draftId)}/publish`, body, options)
  }

  /** All posts, by their scheduled time, latest first. */
  list({
    state,
    ...options
  }: RequestOptions & { state?: PostReply['state'] } = {}): AsyncGenerator<PostReply> {
    return allOf(this.#http, '/posts', { limit: 100, state }, options)
  }

  /** Tries a failed post again now, where it failed. */
  retry(id: string, { signal }: RequestOptions = {}): Promise<PostReply> {
    return this.#http.jsonOnce('POST', `${postAt(id)}/retry`, { signal })
  }

  /** Every attempt at a post, in order. */
  async attempts(id: string, { signal }: RequestOptions = {}): Promise<ListAttemptsReply['items']> {
    return (await this.#http.json<ListAttemptsReply>('GET', `${postAt(id)}/attempts`, { signal })).items
  }

  /** Works only until the post is being published. @throws ApiError `post.ended` */
  cancel(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', postAt(id), { signal }, () => {})
  }
}

const postAt = (id: string): string => `/posts/${encodeURIComponent(id)}`
const accountAt = (id: string): string => `/post-accounts/${encodeURIComponent(id)}`
const draftAt = (id: string): string => `/drafts/${encodeURIComponent(id)}`
