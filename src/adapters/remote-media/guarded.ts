import { Readable } from 'node:stream'
import { type RemoteMedia, RemoteMediaError } from '../../ports/remote-media.ts'
import { EgressError, type Guard, remoteMediaPolicy } from '../egress/index.ts'

/** For the whole download. */
const TIMEOUT_MS = 3_600_000

/** 4 KB a second: AMR, the leanest that anybody sends, plays at 0.6. */
const PACE = { bytes: 60_000, ms: 15_000 }

/** What is a page or a list and not a recording, whatever else it is. */
const NOT_MEDIA = /^(text\/|application\/(json|xml|xhtml\+xml|javascript|pdf)|image\/)/i

/** Downloads through the guard. */
export function guardedRemoteMedia(guard: Guard): RemoteMedia {
  return {
    async open(url, { maxBytes }, signal) {
      const answer = await guard
        .get({ url, policy: remoteMediaPolicy, signal, maxBytes, timeoutMs: TIMEOUT_MS, pace: PACE })
        .catch((cause: unknown) => {
          throw explained(cause, signal)
        })
      const refuse = (message: string): never => {
        answer.body.on('error', () => {}).destroy()
        throw new RemoteMediaError(message)
      }
      if (answer.status !== 200) refuse(`The address answered ${answer.status} instead of a file.`)
      const type = answer.headers['content-type'] ?? ''
      if (NOT_MEDIA.test(type))
        refuse(`The address leads to ${type.split(';')[0]}, not to an audio or video file.`)
      return { filename: nameOf(answer.url), body: explaining(answer.body, signal) }
    },
  }
}

function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last) || 'download'
  } catch {
    return last
  }
}

/** The same bytes, whose failure is a RemoteMediaError. */
const explaining = (source: Readable, signal: AbortSignal): Readable =>
  Readable.from(chunks(source, signal), { objectMode: false })

async function* chunks(source: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source) yield chunk as Buffer
  } catch (cause) {
    throw explained(cause, signal)
  }
}

function explained(cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || cause instanceof RemoteMediaError) return cause
  if (cause instanceof EgressError)
    return new RemoteMediaError(`The address could not be fetched: ${cause.message}.`, {
      cause,
      tooLarge: cause.code === 'bytes',
    })
  return new RemoteMediaError('The address could not be fetched: the connection failed.', { cause })
}
