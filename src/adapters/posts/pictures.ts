/** Pictures that a post names by their addresses. */
import { PublishError } from '../../ports/publisher.ts'
import { EgressError, type EgressPolicy, type Guard, isRefused, readBody } from '../egress/index.ts'
import { type Answer, refusal } from './ask.ts'

const TIMEOUT_MS = 60_000

export interface Picture {
  bytes: Buffer
  /** `image/jpeg`, by its first bytes: what a server says of it is not believed. */
  type: string
}

/** @param most bytes that the platform takes @throws PublishError */
export type FetchPicture = (url: string, most: number, signal: AbortSignal) => Promise<Picture>

/** Follows redirects, each vetted by the guard. */
export const fetchingPictures =
  (guard: Guard, policyFor: (url: URL) => EgressPolicy): FetchPicture =>
  async (url, most, signal) => {
    const { host } = new URL(url)
    const policy = policyFor(new URL(url))
    try {
      const answer = await guard.get({ url, policy, signal, maxBytes: most, timeoutMs: TIMEOUT_MS })
      const bytes = await readBody(answer)
      if (answer.status !== 200)
        throw new PublishError(`${host} answered ${answer.status} instead of a picture.`, {
          again: answer.status === 429 || answer.status >= 500,
        })
      const type = typeOf(bytes)
      if (type === undefined)
        throw new PublishError(`What ${host} sent is not a JPEG, PNG, GIF or WebP picture.`, { again: false })
      return { bytes, type }
    } catch (cause) {
      signal.throwIfAborted()
      if (cause instanceof PublishError) throw cause
      throw unfetched(cause, host, most)
    }
  }

/** Nothing of the post was sent, so no end of it is open. */
function unfetched(cause: unknown, host: string, most: number): PublishError {
  if (!(cause instanceof EgressError))
    return new PublishError(`A picture could not be fetched from ${host}.`, { again: true, cause })
  if (cause.code === 'bytes')
    return new PublishError(
      `A picture from ${host} is larger than the ${Math.floor(most / 1000)} kB that the platform takes.`,
      { again: false, cause },
    )
  return new PublishError(`A picture could not be fetched from ${host}: ${cause.message}.`, {
    again: !isRefused(cause) && cause.code !== 'redirects',
    cause,
  })
}

/** A platform's answer to a picture that it did not take. @param busy it may only need more time */
export function untaken(answer: Answer, host: string, busy = false): PublishError {
  const { message, again, retryAfterMs } = refusal(answer, host, Date.now())
  return new PublishError(`The picture was refused: ${message}`, { again: again || busy, retryAfterMs })
}

const SIGNATURES: readonly [type: string, at: number, bytes: string][] = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
]

const typeOf = (bytes: Buffer): string | undefined =>
  SIGNATURES.find(([, at, sign]) => bytes.toString('latin1', at, at + sign.length) === sign)?.[0]
