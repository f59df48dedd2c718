import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalModels } from '../../models/library.ts'

/** Its name in the catalogue, and its file. */
const PUNCTUATION = 'punctuation'
const FILE = 'model.onnx'

/** The installed model that writes full stops and commas, or undefined. */
export function punctuationModel(models: Pick<LocalModels, 'folderOf'>): string | undefined {
  const dir = models.folderOf(PUNCTUATION)
  const path = dir && join(dir, FILE)
  return path && existsSync(path) ? path : undefined
}
