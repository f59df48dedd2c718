import type {
  ChangeCommentBody,
  Comment,
  CreateCommentBody,
  ListCommentsReply,
} from '../contract/comments.ts'
import type { CreateOptions, Http, RequestOptions } from './http.ts'

/** Comments on passages of a transcript, with their replies. */
export class Comments {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** All of them, in the order of the recording. */
  async list(transcriptionId: string, { signal }: RequestOptions = {}): Promise<Comment[]> {
    return (await this.#http.json<ListCommentsReply>('GET', at(transcriptionId), { signal })).items
  }

  add(transcriptionId: string, body: CreateCommentBody, options?: CreateOptions): Promise<Comment> {
    return this.#http.begin(at(transcriptionId), body, options)
  }

  /** A comment that was resolved is open again. @returns the whole comment */
  reply(transcriptionId: string, commentId: string, text: string, options?: CreateOptions): Promise<Comment> {
    return this.#http.begin(`${at(transcriptionId, commentId)}/replies`, { text }, options)
  }

  /** The text of one’s own comment or reply, or whether a comment is resolved. */
  change(
    transcriptionId: string,
    commentId: string,
    body: ChangeCommentBody,
    { signal }: RequestOptions = {},
  ): Promise<Comment> {
    return this.#http.json('PATCH', at(transcriptionId, commentId), { body, signal })
  }

  /** A comment with its replies, or one reply. */
  delete(transcriptionId: string, commentId: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', at(transcriptionId, commentId), { signal }, () => {})
  }
}

const at = (transcriptionId: string, commentId?: string): string =>
  `/transcriptions/${encodeURIComponent(transcriptionId)}/comments${commentId === undefined ? '' : `/${encodeURIComponent(commentId)}`}`
