import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** An installed PocketSphinx and the model of English that comes with it. */
export interface PocketSphinx {
  /** `continuous`: Debian 12's 0.8. `single`: PocketSphinx 5, which answers in JSON. */
  kind: 'continuous' | 'single'
  command: string
  modelDir: string
  /** Makes the kernel end a recognition whose parent is gone; util-linux, so on every Linux. */
  setpriv: string | null
}

const MODEL_DIRS = ['/usr/share/pocketsphinx/model/en-us', '/usr/local/share/pocketsphinx/model/en-us']
export const INSTALL_HINT = 'apt-get install pocketsphinx pocketsphinx-en-us'

/** Null where it is not installed, or without its model. `path` is a PATH. */
export function findPocketSphinx(path = process.env.PATH ?? ''): PocketSphinx | null {
  const modelDir = MODEL_DIRS.find((dir) => existsSync(join(dir, 'en-us', 'mdef')))
  if (!modelDir) return null
  const setpriv = process.platform === 'linux' ? inPath('setpriv', path) : null
  const continuous = inPath('pocketsphinx_continuous', path)
  if (continuous) return { kind: 'continuous', command: continuous, modelDir, setpriv }
  const single = inPath('pocketsphinx', path)
  return single ? { kind: 'single', command: single, modelDir, setpriv } : null
}

function inPath(name: string, path: string): string | null {
  const found = path
    .split(delimiter)
    .filter(Boolean)
    .map((dir) => join(dir, name))
    .find(isExecutable)
  return found ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
