import type {
  ChangeSubscriptionBody,
  CreateSubscriptionBody,
  SubscriptionEntry,
  SubscriptionReply,
} from '../contract/subscriptions.ts'
import type { CreateOptions, Http, RequestOptions } from './http.ts'
import { allOf } from './pages.ts'

/** Playlists, channels and feeds whose new entries are transcribed. */
export class Subscriptions {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  create(body: CreateSubscriptionBody, options?: CreateOptions): Promise<SubscriptionReply> {
    return this.#http.begin('/subscriptions', body, options)
  }

  get(id: string, { signal }: RequestOptions = {}): Promise<SubscriptionReply> {
    return this.#http.json('GET', at(id), { signal })
  }

  /** All of them, newest first. */
  list(options: RequestOptions = {}): AsyncGenerator<SubscriptionReply> {
    return allOf(this.#http, '/subscriptions', { limit: 100 }, options)
  }

  /** All entries that it has found, newest first. */
  entries(id: string, options: RequestOptions = {}): AsyncGenerator<SubscriptionEntry> {
    return allOf(this.#http, `${at(id)}/entries`, { limit: 500 }, options)
  }

  /** Changes the name, the schedule or the options, or pauses and resumes it (`paused`). */
  change(
    id: string,
    body: ChangeSubscriptionBody,
    { signal }: RequestOptions = {},
  ): Promise<SubscriptionReply> {
    return this.#http.json('PATCH', at(id), { body, signal })
  }

  /** Looks for new entries as soon as possible. */
  look(id: string, { signal }: RequestOptions = {}): Promise<SubscriptionReply> {
    return this.#http.json('POST', `${at(id)}/look`, { signal })
  }

  /** Its batches and transcriptions stay. */
  delete(id: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', at(id), { signal }, () => {})
  }
}

const at = (id: string): string => `/subscriptions/${encodeURIComponent(id)}`
