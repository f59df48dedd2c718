import { copyFile, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { DownloaderError } from '../../ports/downloader.ts'
import { FetchError, type Fetcher, type FetchLimits, type ListLink } from '../../ports/fetcher.ts'
import { isNoRoom } from '../../ports/no-room.ts'
import { ToolKilled } from '../../processes/killed.ts'
import { timeLimit } from '../../processes/time.ts'
import { type Guard, platformPolicy } from '../egress/index.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { type CommonOptions, fetchArguments, listArguments, probeArguments } from './arguments.ts'
import { fetchCaptions } from './captions.ts'
import { classify, MESSAGES, tooLarge, withoutDownloader } from './classify.ts'
import { ageInDays, type YtDlpCommand, type YtDlpSource } from './command.ts'
import { parseEvent } from './events.ts'
import { watchGrowth } from './growth.ts'
import { choosePost, decide, describe, readInfo } from './info.ts'
import { withJobFolder } from './job-folder.ts'
import { readListing } from './listing.ts'
import { resolveLink } from './resolve.ts'
import { withRetries } from './retry.ts'
import { type Ended, run } from './run.ts'

const MAX_INFO_BYTES = 32 * 2 ** 20
const PROBE_MAX_BYTES = 64 * 2 ** 20
const PROBE_TIMEOUT_MS = 120_000
const STALL_MS = 45_000
const RETRY_PAUSES_MS = [2_000, 8_000]

/** The part of pino that is used. */
export interface Log {
  debug(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface YtDlpFetcherOptions {
  ytDlp: YtDlpSource
  guard: Guard
  dataDir: string
  log: Log
  /** Netscape format. Every run works on a copy, since yt-dlp writes it back. */
  cookiesFile?: string | undefined
  /** From the allow-list of src/config/yt-dlp-arguments.ts. */
  extraArgs?: readonly string[]
  /** `node:/path` or `deno:/path`; undefined: this machine has none. */
  jsRuntime?: () => Promise<string | undefined>
  /** Seconds without a byte; 15 unless given. */
  socketTimeout?: number | undefined
  /** Time (ms) without growth after which a download is given up; 45 s unless given. */
  stallMs?: number | undefined
  /** Pauses (ms) before another try of what may pass by itself. */
  retryPauses?: readonly number[] | undefined
}

interface Caps {
  maxBytes: number
  timeoutMs: number
  /** What it means when `maxBytes` was reached. */
  overflow(): FetchError
}

export function ytDlpFetcher(options: YtDlpFetcherOptions): Fetcher {
  const { guard, log } = options
  const pauses = options.retryPauses ?? RETRY_PAUSES_MS
  let caFile: Promise<string> | null = null
  const trustedCas = async (bundle: string) => {
    caFile ??= writeAtomically(join(options.dataDir, 'tools', 'egress-ca.pem'), bundle)
    return await caFile
  }

  /** One run of yt-dlp behind a guard of its own. @throws FetchError, or the signal's reason */
  async function ytDlp(
    link: ListLink,
    dir: string,
    caps: Caps,
    signal: AbortSignal,
    argumentsFor: (common: CommonOptions) => string[],
    onLine?: (line: string) => void,
  ): Promise<string> {
    const found = await unlessAborted(obtain(options.ytDlp, log), signal)
    const deadline = timeLimit(caps.timeoutMs, signal)
    const { maxBytes, timeoutMs } = caps
    const proxy = await guard.openProxy({ policy: platformPolicy(link.platform), maxBytes, timeoutMs })
    try {
      const args = argumentsFor({
        proxyFile: await proxyFile(dir, proxy.url),
        socketTimeout: options.socketTimeout ?? 15,
        extraCa: guard.caBundle !== null,
        cookiesFile: options.cookiesFile && (await copyInto(dir, options.cookiesFile)),
        jsRuntime: await options.jsRuntime?.(),
        extraArgs: options.extraArgs ?? [],
      })
      const ended = await run([...found.command, ...args], {
        cwd: dir,
        env: minimalEnv(dir, guard.caBundle === null ? null : await trustedCas(guard.caBundle)),
        signal: deadline.signal,
        maxStdout: MAX_INFO_BYTES,
        maxFile: maxBytes + MAX_INFO_BYTES,
        ...(onLine ? { onLine } : {}),
      })
      if (ended.code === 0 && !ended.overflowed) return ended.stdout
      log.warn(
        { link: link.canonicalUrl, code: ended.code, tripped: proxy.tripped(), stderr: tail(ended.stderr) },
        'yt-dlp failed',
      )
      throw failure(ended, proxy.tripped(), caps)
    } catch (error) {
      signal.throwIfAborted()
      if (deadline.exceeded())
        throw new FetchError('network', 'The platform took too long.', { cause: error })
      // Not the post's fault, and not the downloader's.
      if (error instanceof FetchError || error instanceof ToolKilled || isNoRoom(error)) throw error
      throw new FetchError('fetcher_missing', MESSAGES.fetcher_missing, { cause: error })
    } finally {
      deadline.clear()
      await proxy.close()
    }
  }

  return {
    resolve: (link, signal) => withRetries(pauses, signal, () => resolveLink(guard, link, signal)),

    list: (link, most, signal) =>
      withJobFolder(join(options.dataDir, 'tmp'), async (dir) => {
        const caps = {
          maxBytes: PROBE_MAX_BYTES,
          timeoutMs: PROBE_TIMEOUT_MS,
          overflow: () => new FetchError('extractor_outdated', MESSAGES.extractor_outdated),
        }
        const json = await withRetries(pauses, signal, () =>
          ytDlp(link, dir, caps, signal, (common) => listArguments(link, most, common)),
        )
        return readListing(json, link, most)
      }),

    async probe(link, dir, limits, signal) {
      const caps = {
        maxBytes: PROBE_MAX_BYTES,
        timeoutMs: Math.min(limits.timeoutMs, PROBE_TIMEOUT_MS),
        overflow: () => new FetchError('extractor_outdated', MESSAGES.extractor_outdated),
      }
      const json = choosePost(
        await withRetries(pauses, signal, () =>
          ytDlp(link, dir, caps, signal, (common) => probeArguments(link, common)),
        ),
      )
      const info = readInfo(json)
      decide(info, limits)
      const infoPath = join(dir, 'info.json')
      await writeFile(infoPath, json)
      return describe(link, info, infoPath)
    },

    fetch: (link, probed, dir, limits, onProgress, signal) =>
      withRetries(pauses, signal, async () => {
        let path: string | null = null
        const growth = watchGrowth(options.stallMs ?? STALL_MS)
        const caps = {
          maxBytes: wireBytes(limits),
          timeoutMs: limits.timeoutMs,
          overflow: () => tooLarge(limits.maxBytes),
        }
        await ytDlp(
          link,
          dir,
          caps,
          AbortSignal.any([signal, growth.signal]),
          (common) => fetchArguments(link.platform, probed.infoPath, dir, limits.maxBytes, common),
          (line) => {
            const event = parseEvent(line)
            if (event?.kind === 'file') path = event.path
            else if (event) {
              growth.saw(event.bytes)
              onProgress({ fraction: event.fraction, path: event.path && inside(dir, event.path) })
            }
          },
        ).finally(growth.stop)
        // The one thing that yt-dlp is asked to refuse silently.
        if (path === null) throw tooLarge(limits.maxBytes)
        return await checked(dir, path, limits)
      }),

    captions: (link, probed, track, _dir, signal) =>
      withRetries(pauses, signal, async () => {
        const info = readInfo(await readFile(probed.infoPath, 'utf8'))
        return await fetchCaptions(guard, link, info, track, signal)
      }),

    async version() {
      const found = await options.ytDlp.current()
      return (
        found && {
          version: found.version,
          source: found.source,
          ageDays: ageInDays(found.version, Date.now()),
        }
      )
    },
  }
}

/** @throws FetchError `fetcher_missing` that says why there is none */
async function obtain(source: YtDlpSource, log: Log): Promise<YtDlpCommand> {
  const found = await source.obtain().catch((cause: unknown) => {
    if (!(cause instanceof DownloaderError)) throw cause
    log.warn({ why: cause.message }, 'there is no yt-dlp')
    throw new FetchError('fetcher_missing', withoutDownloader(' It could not be fetched.'), { cause })
  })
  if (!found) throw new FetchError('fetcher_missing', MESSAGES.fetcher_missing)
  return found
}

/** What the guard cut off counts for more than what yt-dlp made of it. */
function failure(ended: Ended, tripped: string | null, { overflow }: Caps): FetchError {
  if (tripped === 'bytes') return overflow()
  if (tripped === 'time') return new FetchError('network', 'The platform took too long.')
  const code = classify(ended.stderr)
  const ledAway = tripped === 'host' || tripped === 'address' || tripped === 'port'
  // Plain http meets the proxy's own 403, which looks like one of the platform's.
  if ((code === 'network' && ledAway) || (code !== 'no_video' && tripped === 'protocol')) {
    return new FetchError('unsupported_link', 'The post leads to a place outside its platform.')
  }
  return new FetchError(code, MESSAGES[code])
}

/** Nothing of the server's own environment but the search path. */
function minimalEnv(dir: string, caFile: string | null): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: dir,
    TMPDIR: dir, // the standalone build unpacks itself there
    LANG: 'C.UTF-8',
    PYTHONNOUSERSITE: '1',
    PYTHONUNBUFFERED: '1',
    ...(caFile ? { SSL_CERT_FILE: caFile } : {}),
  }
}

/** TLS, HTTP and a repeated try cost something beyond the file itself. */
const wireBytes = ({ maxBytes }: FetchLimits): number => Math.ceil(maxBytes * 1.1) + 8 * 2 ** 20

const tail = (text: string): string => text.slice(-2000)

/** Null where a description has talked yt-dlp into writing elsewhere. */
function inside(dir: string, path: string): string | null {
  const full = resolve(dir, path)
  return full.startsWith(resolve(dir) + sep) ? full : null
}

async function checked(dir: string, path: string, limits: FetchLimits) {
  const real = await realpath(resolve(dir, path)).catch(() => null)
  if (!real?.startsWith((await realpath(dir)) + sep)) {
    throw new FetchError('extractor_outdated', MESSAGES.extractor_outdated)
  }
  const { size } = await stat(real)
  if (size === 0) throw new FetchError('network', MESSAGES.network)
  if (size > limits.maxBytes) throw tooLarge(limits.maxBytes)
  return { path: real, bytes: size }
}

async function copyInto(dir: string, file: string): Promise<string> {
  const copy = join(dir, 'cookies.txt')
  await copyFile(file, copy)
  return copy
}

async function writeAtomically(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const target = resolve(path)
  await writeFile(`${target}.${process.pid}`, text)
  await rename(`${target}.${process.pid}`, target)
  return target
}

/** Read by its owner alone. Written anew for each run: each has a guard, and a token, of its own. */
async function proxyFile(dir: string, url: string): Promise<string> {
  const path = join(dir, 'guard.conf')
  await rm(path, { force: true })
  await writeFile(path, `--proxy "${url}"\n`, { mode: 0o600 })
  return path
}
