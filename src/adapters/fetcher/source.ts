import { DownloaderError } from '../../ports/downloader.ts'
import { ageInDays, operatorYtDlp, systemYtDlp, type YtDlpCommand, type YtDlpSource } from './command.ts'
import { compareVersions, type ManagedYtDlp } from './managed/index.ts'

/** A system's yt-dlp of that age is left to the system to renew: nothing is fetched. */
const FRESH_DAYS = 30
/** After a failure, links do not each try to fetch it anew. */
const PAUSE_MS = 5 * 60_000

export interface SourceOptions {
  /** `EARSHOT_YTDLP`; nothing else is run then. */
  command?: string | undefined
  /** Undefined: there is none to fall back to. */
  managed?: ManagedYtDlp | undefined
  /** Whether a missing one may be fetched when a link needs it. */
  mayFetch: boolean
}

/** The operator's; else the newer one of the managed copy and the system's; else one that is fetched now. */
export function ytDlpSource({ command, managed, mayFetch }: SourceOptions): YtDlpSource {
  if (command !== undefined) return operatorYtDlp(command)
  const system = systemYtDlp()
  let failed: { at: number; error: unknown } | null = null

  const current = async (): Promise<YtDlpCommand | null> => {
    const [own, theirs] = await Promise.all([managed?.installed() ?? null, system()])
    if (!own || !theirs) return own ?? theirs
    return compareVersions(own.version, theirs.version) >= 0 ? own : theirs
  }
  return {
    current,
    async obtain() {
      const found = await current()
      if (found || !managed || !mayFetch) return found
      if (failed && Date.now() - failed.at < PAUSE_MS) throw failed.error
      try {
        await managed.update()
      } catch (error) {
        failed = { at: Date.now(), error }
        throw error
      }
      return current()
    },
  }
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Whether the daily look at what is the newest is due. */
export async function isUpdateDue(source: YtDlpSource, managed: ManagedYtDlp, now: number): Promise<boolean> {
  const found = await source.current()
  const age = found && ageInDays(found.version, now)
  if (found?.source === 'PATH' && age !== null && age <= FRESH_DAYS) return false
  return now - (await managed.checkedAt()) >= DAY_MS
}

/** The part of pino that is used. */
export interface UpdateLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/**
 * Looks at once and then every hour whether a day has passed; after a failure, an hour later again.
 * Returns the function that ends it.
 */
export function updateDaily(source: YtDlpSource, managed: ManagedYtDlp, log: UpdateLog): () => void {
  const look = async (): Promise<void> => {
    try {
      if (!(await isUpdateDue(source, managed, Date.now()))) return
      const { version, previous, changed } = await managed.update()
      if (changed) log.info({ version, previous }, 'yt-dlp was updated')
    } catch (error) {
      const why = error instanceof DownloaderError ? error.message : 'it could not be stored'
      log.warn({ why, err: error instanceof DownloaderError ? undefined : error }, 'yt-dlp was not updated')
    }
  }
  const timer = setInterval(look, HOUR_MS).unref()
  void look()
  return () => clearInterval(timer)
}
