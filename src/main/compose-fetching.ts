/** Settings → yt-dlp, and what fetches with it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Guard } from '../adapters/egress/index.ts'
import { createYtDlp, createYtDlpFetcher, type YtDlp } from '../adapters/fetcher/index.ts'
import type { Config } from '../config/schema.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import { composeGuard } from './compose-engine.ts'

/** yt-dlp itself: which one is run, and its renewal. */
export const composeYtDlp = (config: Config, guard = composeGuard(config)): YtDlp =>
  createYtDlp({
    command: config.EARSHOT_YTDLP,
    dataDir: resolve(config.EARSHOT_DATA_DIR),
    guard,
    channel: config.EARSHOT_YTDLP_CHANNEL,
    updates: config.EARSHOT_YTDLP_UPDATES,
  })

export function composeFetcher(config: Config, { source }: YtDlp, guard: Guard, logger: Logger): Fetcher {
  const { EARSHOT_YTDLP_COOKIES: cookiesFile, EARSHOT_YTDLP_PROXY: proxy } = config
  if (cookiesFile) checkCookies(cookiesFile)
  return createYtDlpFetcher({
    ytDlp: source,
    dataDir: resolve(config.EARSHOT_DATA_DIR),
    guard: proxy ? composeGuard(config, proxy) : guard,
    cookiesFile,
    extraArgs: config.EARSHOT_YTDLP_ARGS,
    logger,
  })
}

/** @throws Error in one line */
function checkCookies(path: string): void {
  const what = `EARSHOT_YTDLP_COOKIES, ${path},`
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(`${what} cannot be read: ${(cause as Error).message}`, { cause })
  }
  if (!/^# (Netscape )?HTTP Cookie File/.test(text))
    throw new Error(`${what} is no cookies file: it does not begin with “# Netscape HTTP Cookie File”`)
}
