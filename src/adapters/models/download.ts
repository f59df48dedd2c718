/** One file, resumed where it broke off, and verified before it gets its name. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { ModelError } from '../../ports/model-library.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { isTrouble, reasonOf, refusal, SourceError } from './refusal.ts'
import type { ModelSource } from './source.ts'

/** What a file has to be: by its SHA-256, or by the id that Git gives its content. */
export interface Expected {
  bytes?: number | undefined
  sha256?: string | undefined
  blob?: string | undefined
}

export interface DownloadOptions {
  source: ModelSource
  /** Under the source. */
  path: string
  file: Expected
  target: string
  signal: AbortSignal
  /** Bytes of this file that are there. */
  onProgress(bytes: number): void
  /** Ms without a byte after which a connection is given up. */
  idleMs?: number
  /** Ms to wait before each further try; as many tries without any progress end it. */
  pauses?: readonly number[]
}

const IDLE_MS = 60_000
const PAUSES = [1000, 3000, 10_000, 30_000]

/** Gives the file's SHA-256. @throws ModelError; what was fetched stays, and the next call goes on there */
export async function download(options: DownloadOptions): Promise<string> {
  const { target, signal, pauses = PAUSES } = options
  const part = `${target}.part`
  await mkdir(dirname(target), { recursive: true })
  for (let failures = 0; ; ) {
    const before = await sizeOf(part)
    try {
      await attempt(options, part, before)
      const sha256 = await verify(options, part)
      await rename(part, target)
      return sha256
    } catch (cause) {
      signal.throwIfAborted()
      if (cause instanceof WrongFileError) await rm(part, { force: true })
      if (cause instanceof ModelError) throw cause
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
        throw new ModelError(`there is no room left on the disk for ${target}`, { cause })
      failures = (await sizeOf(part)) > before ? 0 : failures + 1
      const wait = pauses[failures - 1]
      if (failures > 0 && wait === undefined) throw unreachable(options, cause)
      await pause(wait ?? 0, undefined, { signal })
    }
  }
}

/** Fetches what is missing. Ends normally when the file has its length. */
async function attempt(options: DownloadOptions, part: string, have: number): Promise<void> {
  const { source, path, file, signal, idleMs = IDLE_MS } = options
  if (file.bytes !== undefined && have >= file.bytes) return
  const stalled = new AbortController()
  const idle = setTimeout(() => stalled.abort(new Error('no byte came for too long')), idleMs)
  const stop = AbortSignal.any([signal, stalled.signal])
  try {
    // A name that the system goes on looking up, say, is nothing that can be stopped.
    const answer = await unlessAborted(source.get(path, have, stop), stop)
    if (answer.status === 416 && file.bytes === undefined) {
      answer.body.destroy()
      return // there is nothing behind what we have
    }
    if (answer.status !== 200 && answer.status !== 206) {
      answer.body.destroy()
      if (isTrouble(answer.status)) throw new Error(`${source.host} answered ${answer.status}`)
      throw refusal(source.host, path, answer)
    }
    let bytes = answer.from
    const count = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length
        if (file.bytes !== undefined && bytes > file.bytes) return done(otherFile(options))
        idle.refresh()
        options.onProgress(bytes)
        done(null, chunk)
      },
    })
    const to = createWriteStream(part, answer.from > 0 ? { flags: 'r+', start: answer.from } : {})
    await pipeline(answer.body, count, to, { signal: stop })
    const whole = file.bytes ?? (answer.length === undefined ? bytes : answer.from + answer.length)
    if (bytes < whole) throw new Error('the connection ended early')
  } finally {
    clearTimeout(idle)
  }
}

async function verify(options: DownloadOptions, part: string): Promise<string> {
  const sha256 = await matches(part, options.file)
  if (sha256 !== undefined) return sha256
  throw otherFile(options)
}

const otherFile = ({ file, source, path }: DownloadOptions): ModelError =>
  new WrongFileError(
    `${path} from ${source.host} is not the file that was published (its ${file.sha256 ? 'SHA-256' : 'content'} ` +
      'differs); try again, and if that does not help, the source is not to be trusted',
  )

/** Nothing of it is kept. */
class WrongFileError extends ModelError {}

/** The SHA-256 of a file that is what it has to be; undefined: it is another one. */
export async function matches(path: string, file: Expected): Promise<string | undefined> {
  const { size } = await stat(path)
  if (file.bytes !== undefined && size !== file.bytes) return undefined
  const sha256 = createHash('sha256')
  const blob = createHash('sha1').update(`blob ${size}\0`)
  for await (const chunk of createReadStream(path)) {
    sha256.update(chunk as Buffer)
    if (file.blob !== undefined) blob.update(chunk as Buffer)
  }
  const digest = sha256.digest('hex')
  const same = file.sha256 ? digest === file.sha256 : blob.digest('hex') === file.blob
  return same ? digest : undefined
}

const unreachable = ({ source, path }: DownloadOptions, cause: unknown): ModelError =>
  new SourceError(
    `${path} cannot be fetched from ${source.host} (${reasonOf(cause)}); what is there stays, and ` +
      'the next try goes on with it. EARSHOT_MODELS_URL names a mirror',
    { cause },
  )

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (s) => s.size,
    () => 0,
  )
