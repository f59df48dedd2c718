/** How a model that is not of the catalogue is listed. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelInfo } from '../../ports/model-library.ts'
import { readModelFolder } from '../engine/folder.ts'
import { MANIFEST, readJson } from '../engine/manifest.ts'

export function ownModel(name: string, dir: string, isDefault: boolean): ModelInfo {
  return {
    name,
    recognises: true,
    about: aboutOf(dir),
    bytes: sizeOf(dir),
    licence: 'its publisher’s',
    languages: languagesOf(dir),
    wordErrorRate: null,
    memoryMb: null,
    installed: true,
    isDefault,
  }
}

function aboutOf(dir: string): string {
  try {
    const { source } = readJson(dir, MANIFEST) as { source?: { repository: string; revision: string } }
    if (source) return `Added from ${source.repository} (${source.revision.slice(0, 7)}).`
  } catch {
    // Weights without a manifest are as good.
  }
  return 'A folder of yours.'
}

function languagesOf(dir: string): string {
  try {
    const { languages } = readModelFolder(dir).description
    if (!languages) return 'any language it knows'
    return languages.length > 5 ? `${languages.length} languages` : languages.join(', ')
  } catch (cause) {
    return `cannot be used: ${(cause as Error).message}`
  }
}

const sizeOf = (dir: string): number =>
  readdirSync(dir).reduce(
    (sum, file) => sum + (statSync(join(dir, file), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
