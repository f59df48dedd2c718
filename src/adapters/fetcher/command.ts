/** Which yt-dlp is run. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const DAY_MS = 86_400_000
const REMEMBER_MS = 600_000

export interface YtDlpCommand {
  /** Program and leading arguments. */
  command: readonly string[]
  /** `2026.10.26`, or with a fourth number for nightly builds. */
  version: string
  source: 'operator' | 'PATH' | 'managed'
}

/** Says which yt-dlp to run. Asked before every use, so that an update takes effect at once. */
export interface YtDlpSource {
  /** What is there, without the network. Null: there is none that works. */
  current(): Promise<YtDlpCommand | null>
  /** What is there; where there is none, it is fetched, if that is allowed. @throws DownloaderError */
  obtain(): Promise<YtDlpCommand | null>
}

/** The oldest that knows every argument of ours. */
const OLDEST_VERSION = '2025.11.12'

/** The operator's own command, `EARSHOT_YTDLP`: the path of a program, or a command with arguments. */
export function operatorYtDlp(setting: string): YtDlpSource {
  const command = existsSync(setting) ? [setting] : setting.trim().split(/\s+/)
  const current = remembered(async () => {
    const version = await versionOf(command)
    return version ? { command, version, source: 'operator' } : null
  })
  return { current, obtain: current }
}

/** The one that the machine has itself. */
export const systemYtDlp = (): (() => Promise<YtDlpCommand | null>) =>
  remembered(async () => {
    const version = await versionOf(['yt-dlp'])
    return version ? { command: ['yt-dlp'], version, source: 'PATH' } : null
  })

/**
 * Asking a program for its version takes a second, so the answer is kept; not for ever, since a package
 * manager may replace the program. One that does not work is asked again: it may be repaired.
 */
function remembered(ask: () => Promise<YtDlpCommand | null>): () => Promise<YtDlpCommand | null> {
  let asked: { at: number; answer: Promise<YtDlpCommand | null> } | null = null
  return async () => {
    if (asked === null || Date.now() - asked.at > REMEMBER_MS) asked = { at: Date.now(), answer: ask() }
    const found = await asked.answer
    if (found === null) asked = null
    return found
  }
}

/**
 * What `--version` answers; null where it does not answer like a yt-dlp, or is too old.
 * @param env besides the search path
 */
export async function versionOf(
  command: readonly string[],
  env: Record<string, string> = {},
): Promise<string | null> {
  const [program, ...args] = command as [string, ...string[]]
  const options = {
    timeout: 60_000,
    env: { PATH: process.env.PATH ?? '', PYTHONNOUSERSITE: '1', ...env },
  }
  try {
    const { stdout } = await promisify(execFile)(program, [...args, '--ignore-config', '--version'], options)
    const version = /^\d{4}\.\d{2}\.\d{2}(\.\d+)?$/.exec(stdout.trim())?.[0]
    return version && version >= OLDEST_VERSION ? version : null
  } catch {
    return null
  }
}

/** yt-dlp's versions are dates. */
export function ageInDays(version: string, now: number): number | null {
  const date = /^(\d{4})\.(\d{2})\.(\d{2})/.exec(version)
  if (!date) return null
  return Math.max(
    0,
    Math.floor((now - Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]))) / DAY_MS),
  )
}
