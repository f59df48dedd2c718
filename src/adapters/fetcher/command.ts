import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const DAY_MS = 86_400_000

export interface YtDlpCommand {
  /** Program and leading arguments. */
  command: readonly string[]
  /** `2026.10.26`, or with a fourth number for nightly builds. */
  version: string
  source: 'operator' | 'PATH' | 'managed'
}

/** Says which yt-dlp to run. Asked before every use, so that an update takes effect at once. */
export interface YtDlpSource {
  /** Null: there is none that works. */
  current(): Promise<YtDlpCommand | null>
}

/** The operator's own command, `EARSHOT_YTDLP`: the path of a program, or a command with arguments. */
export function operatorYtDlp(setting: string): YtDlpSource {
  const command = existsSync(setting) ? [setting] : setting.trim().split(/\s+/)
  let found: Promise<YtDlpCommand | null> | null = null
  return {
    async current() {
      found ??= versionOf(command).then((version) =>
        version ? { command, version, source: 'operator' } : null,
      )
      const result = await found
      // A command that does not work may be repaired while the server runs.
      if (result === null) found = null
      return result
    },
  }
}

/** What `--version` answers; null where it does not answer like a yt-dlp. */
export async function versionOf(command: readonly string[]): Promise<string | null> {
  const [program, ...args] = command as [string, ...string[]]
  const options = { timeout: 60_000, env: { PATH: process.env.PATH ?? '', PYTHONNOUSERSITE: '1' } }
  try {
    const { stdout } = await promisify(execFile)(program, [...args, '--ignore-config', '--version'], options)
    return /^\d{4}\.\d{2}\.\d{2}(\.\d+)?$/.exec(stdout.trim())?.[0] ?? null
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
