/** Where data lies when nobody says so: the same place from every current directory. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As deep in `dist/server` as here. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** `data` of a checkout; of an installed package, the folder that the platform has for such things. */
export const defaultDataFolder = (): string =>
  existsSync(join(ROOT, 'src'))
    ? join(ROOT, 'data')
    : platformFolder(process.platform, process.env, homedir())

export function platformFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'earshot')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'earshot')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'earshot')
}
