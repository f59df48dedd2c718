import { statSync } from 'node:fs'
import type { LocalModels } from '../../models/library.ts'
import { type ModelFolder, markOf, readModelFolder } from '../folder.ts'

interface Known {
  readonly changedAt: number
  /** Undefined: there is something wrong with it. */
  readonly folder: ModelFolder | undefined
}

/**
 * Gives the installed models as they are now: one that was fetched or removed since the last call is seen. Each
 * is read once, and what is wrong with one is told once.
 */
export function installedFolders(
  models: Pick<LocalModels, 'installed' | 'folderOf'>,
  onTrouble: (message: string) => void,
): () => ModelFolder[] {
  const known = new Map<string, Known>()

  function read(dir: string): ModelFolder | undefined {
    try {
      return readModelFolder(dir)
    } catch (error) {
      onTrouble(`a model cannot be used: ${(error as Error).message}`)
      return undefined
    }
  }

  return () =>
    models.installed().flatMap((name) => {
      const dir = models.folderOf(name)
      if (dir === undefined) return []
      const mark = markOf(dir)
      const changedAt = mark ? statSync(mark, { throwIfNoEntry: false })?.mtimeMs : undefined
      if (changedAt === undefined) return []
      const before = known.get(dir)
      const now = before?.changedAt === changedAt ? before : { changedAt, folder: read(dir) }
      known.set(dir, now)
      return now.folder ? [now.folder] : []
    })
}
