export interface DownloaderUpdate {
  version: string
  /** What was in use before; null: nothing. */
  previous: string | null
  /** False: there was nothing newer. */
  changed: boolean
}

/** The program that fetches posts from the platforms, as far as Earshot keeps it up to date itself. */
export interface Downloader {
  /** Fetches the newest release, verified, and puts it in place. @throws DownloaderError; what there was stays */
  update(): Promise<DownloaderUpdate>
}

/** One line that says what went wrong, or what to do. */
export class DownloaderError extends Error {
  override readonly name = 'DownloaderError'
}
