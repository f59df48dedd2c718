import { join } from 'node:path'
import { type Downloader, DownloaderError } from '../../ports/downloader.ts'
import type { Fetcher } from '../../ports/fetcher.ts'
import { createGuard, type Guard } from '../egress/index.ts'
import type { YtDlpSource } from './command.ts'
import { jsRuntimeFinder } from './js-runtime.ts'
import { managedYtDlp } from './managed/index.ts'
import { type Channel, githubReleases } from './managed/releases.ts'
import { type UpdateLog, updateDaily, ytDlpSource } from './source.ts'
import { type Log, ytDlpFetcher } from './yt-dlp.ts'

export { withJobFolder } from './job-folder.ts'

export interface FetcherSettings {
  /** `EARSHOT_YTDLP`; unset: what `ytDlp` says, else the system's. */
  command?: string | undefined
  ytDlp?: YtDlpSource | undefined
  dataDir: string
  /** `EARSHOT_EGRESS_DIAL` */
  egressDial?: { host: string; port: number } | undefined
  /** `EARSHOT_EGRESS_CA` */
  egressCa?: string | undefined
  /** An HTTP proxy that everything goes out through. */
  proxy?: string | undefined
  logger: Log
  cookiesFile?: string | undefined
  extraArgs?: readonly string[] | undefined
  /** Used instead of one made from the egress settings. */
  guard?: Guard | undefined
  socketTimeout?: number | undefined
  retryPauses?: readonly number[] | undefined
  stallMs?: number | undefined
}

export function createYtDlpFetcher(settings: FetcherSettings): Fetcher {
  const guard =
    settings.guard ??
    createGuard({ dial: settings.egressDial, caFile: settings.egressCa, proxy: settings.proxy })
  return ytDlpFetcher({
    ytDlp: settings.ytDlp ?? ytDlpSource({ command: settings.command, mayFetch: false }),
    guard,
    dataDir: settings.dataDir,
    log: settings.logger,
    cookiesFile: settings.cookiesFile,
    extraArgs: settings.extraArgs ?? [],
    jsRuntime: jsRuntimeFinder(),
    socketTimeout: settings.socketTimeout,
    retryPauses: settings.retryPauses,
    stallMs: settings.stallMs,
  })
}

export interface YtDlpSettings {
  /** `EARSHOT_YTDLP` */
  command?: string | undefined
  dataDir: string
  guard: Guard
  channel: Channel
  /** Whether it is fetched where it is missing, and renewed daily. */
  updates: 'daily' | 'off'
}

/** The program itself, and its renewal. */
export interface YtDlp extends Downloader {
  source: YtDlpSource
  /** For a process that works with it for days. Returns the function that ends it. */
  keepFresh(log: UpdateLog): () => void
  close(): void
}

export function createYtDlp({ command, dataDir, guard, channel, updates }: YtDlpSettings): YtDlp {
  const managed = managedYtDlp({
    dir: join(dataDir, 'tools', 'yt-dlp'),
    releases: githubReleases(guard, channel),
  })
  const source = ytDlpSource({ command, managed, mayFetch: updates === 'daily' })
  return {
    source,
    async update() {
      if (command !== undefined)
        throw new DownloaderError('EARSHOT_YTDLP names a yt-dlp of yours: update that one yourself')
      return managed.update()
    },
    keepFresh: (log) =>
      command === undefined && updates === 'daily' ? updateDaily(source, managed, log) : () => {},
    close: () => managed.close(),
  }
}
