import { resolve } from 'node:path'
// @ts-expect-error plain JavaScript, without types
import { debianYtDlp } from '../../scripts/lib/debian-yt-dlp.mjs'

/** A current, unmodified yt-dlp: a value for `EARSHOT_YTDLP`. Fetched once. */
export const ytDlpCommand = (): Promise<string> =>
  debianYtDlp(resolve(import.meta.dirname, '../../.cache/yt-dlp'))
