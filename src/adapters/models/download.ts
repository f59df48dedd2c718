/** One file, resumed where it broke off, and verified before it gets its name. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { ModelError } from '../../ports/model-library.ts'
import type { CatalogueFile } from './catalogue.ts'
import type { ModelSource } from './source.ts'

export interface DownloadOptions {
  source: ModelSource
  /** Under the source. */
  path: string
  file: CatalogueFile
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

/** @throws ModelError; what was fetched stays, and the next call goes on there */
export async function download(options: DownloadOptions): Promise<void> {
  const { target, signal, pauses = PAUSES } = options
  const part = `${target}.part`
  await mkdir(dirname(target), { recursive: true })
  for (let failures = 0; ; ) {
    const before = await sizeOf(part)
    try {
      await attempt(options, part, before)
      break
    } catch (cause) {
      signal.throwIfAborted()
      if (cause instanceof ModelError) throw cause
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
        throw new ModelError(`there is no room left on the disk for ${target}`, { cause })
      failures = (await sizeOf(part)) > before ? 0 : failures + 1
      const wait = pauses[failures - 1]
      if (failures > 0 && wait === undefined) throw unreachable(options, cause)
      await pause(wait ?? 0, undefined, { signal })
    }
  }
  await verify(options, part)
  await rename(part, target)
}

/** Fetches what is missing. Ends normally when the file has its length. */
async function attempt(options: DownloadOptions, part: string, have: number): Promise<void> {
  const { source, path, file, signal, idleMs = IDLE_MS } = options
  if (file.bytes !== undefined && have >= file.bytes) return
  const stalled = new AbortController()
  const idle = setTimeout(() => stalled.abort(new Error('no byte came for too long')), idleMs)
  const stop = AbortSignal.any([signal, stalled.signal])
  try {
    const answer = await source.get(path, have, stop)
    if (answer.status === 416 && file.bytes === undefined) {
      answer.body.destroy()
      return // there is nothing behind what we have
    }
    if (answer.status !== 200 && answer.status !== 206) {
      answer.body.destroy()
      throw refused(options, answer.status)
    }
    let bytes = answer.from
    const count = new Transform({
      transform(chunk: Buffer, _, done) {
        bytes += chunk.length
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

async function verify({ file, source, path }: DownloadOptions, part: string): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(part), hash)
  if (hash.digest('hex') === file.sha256) return
  await rm(part)
  throw new ModelError(
    `${path} from ${source.host} is not the file that was published (its SHA-256 differs); try again, ` +
      'and if that does not help, the source is not to be trusted',
  )
}

/** Nothing will change by asking again, except for a server in trouble. */
function refused({ source, path }: DownloadOptions, status: number): Error {
  if (status === 429 || status >= 500) return new Error(`${source.host} answered ${status}`)
  return new ModelError(`${source.host} does not have ${path} (status ${status})`)
}

const unreachable = ({ source, path }: DownloadOptions, cause: unknown): ModelError =>
  new ModelError(
    `${path} cannot be fetched from ${source.host} (${(cause as Error).message}); what is there stays, and ` +
      'the next try goes on with it. EARSHOT_MODELS_URL names a mirror',
    { cause },
  )

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (s) => s.size,
    () => 0,
  )
