import type { Fetcher } from '../../ports/fetcher.ts'
import { createGuard, type Guard } from '../egress/index.ts'
import { operatorYtDlp } from './command.ts'
import { type Log, ytDlpFetcher } from './yt-dlp.ts'

export { withJobFolder } from './job-folder.ts'

export interface FetcherSettings {
  /** `EARSHOT_YTDLP`; unset: a fresh one on PATH, else the managed one. */
  command?: string | undefined
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
    ytDlp: operatorYtDlp(settings.command ?? 'yt-dlp'),
    guard,
    dataDir: settings.dataDir,
    log: settings.logger,
    cookiesFile: settings.cookiesFile,
    extraArgs: settings.extraArgs ?? [],
    socketTimeout: settings.socketTimeout,
    retryPauses: settings.retryPauses,
    stallMs: settings.stallMs,
  })
}
