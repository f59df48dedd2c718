import type { Readable } from 'node:stream'
import { DownloaderError } from '../../../ports/downloader.ts'
import {
  EgressError,
  type Guard,
  type GuardedResponse,
  hostsPolicy,
  readBody,
  redirectOf,
} from '../../egress/index.ts'
import type { SignedSums } from './signature.ts'

export type Channel = 'stable' | 'nightly'

const REPOSITORIES: Record<Channel, string> = {
  stable: 'yt-dlp/yt-dlp',
  nightly: 'yt-dlp/yt-dlp-nightly-builds',
}
const HOST = 'github.com'
/** Files are handed out by stores of the site's. */
const isSite = (host: string): boolean => host === HOST || host.endsWith('.githubusercontent.com')
const policy = hostsPolicy('yt-dlp’s releases', isSite)

const SMALL_BYTES = 256 * 1024
const SMALL_MS = 30_000
const PROGRAM_BYTES = 200 * 2 ** 20
const PROGRAM_MS = 15 * 60_000

/** yt-dlp's releases on GitHub, through the guard. Every method: @throws DownloaderError */
export interface Releases {
  /** The newest release's version. */
  latest(signal: AbortSignal): Promise<string>
  sums(version: string, signal: AbortSignal): Promise<SignedSums>
  program(version: string, file: string, signal: AbortSignal): Promise<Readable>
}

export function githubReleases(guard: Guard, channel: Channel): Releases {
  const base = `https://${HOST}/${REPOSITORIES[channel]}/releases`

  async function file(url: string, maxBytes: number, timeoutMs: number, signal: AbortSignal) {
    const response = await guard.get({ url, policy, signal, maxBytes, timeoutMs })
    if (response.status === 200) return response
    response.body.destroy()
    throw refused(response)
  }
  const small = async (version: string, name: string, signal: AbortSignal): Promise<Buffer> =>
    readBody(await file(`${base}/download/${version}/${name}`, SMALL_BYTES, SMALL_MS, signal))

  return {
    latest: (signal) =>
      explained(async () => {
        const asked = { url: `${base}/latest`, policy, signal, maxBytes: SMALL_BYTES, timeoutMs: SMALL_MS }
        const response = await guard.request(asked)
        response.body.destroy()
        const version = /\/releases\/tag\/(\d{4}\.\d{2}\.\d{2}(\.\d+)?)$/.exec(
          redirectOf(response) ?? '',
        )?.[1]
        if (!version) throw refused(response)
        return version
      }),
    sums: (version, signal) =>
      explained(async () => ({
        sums: await small(version, 'SHA2-256SUMS', signal),
        signature: await small(version, 'SHA2-256SUMS.sig', signal),
      })),
    program: (version, name, signal) =>
      explained(async () => {
        const url = `${base}/download/${version}/${name}`
        return (await file(url, PROGRAM_BYTES, PROGRAM_MS, signal)).body
      }),
  }
}

const refused = ({ status }: GuardedResponse): DownloaderError =>
  new DownloaderError(`yt-dlp cannot be fetched: ${HOST} answered ${status}`)

/** Errors of the guard in our words; everything else as it is. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof EgressError)) throw cause
    throw new DownloaderError(`yt-dlp cannot be fetched from ${HOST}: ${cause.message}`, { cause })
  }
}
