/** How a model that is not of the catalogue is listed. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelInfo } from '../../ports/model-library.ts'
import { readModelFolder } from '../engine/folder.ts'
import { MANIFEST, readJson } from '../engine/manifest.ts'

export function ownModel(name: string, dir: string, isDefault: boolean): ModelInfo {
  const source = sourceOf(dir)
  const { spoken, fault } = languagesOf(dir)
  return {
    name,
    recognises: true,
    about: source === null ? 'A folder of yours.' : `Added from ${source}.`,
    bytes: sizeOf(dir),
    licence: 'its publisher’s',
    languages: fault === null ? spokenWords(spoken) : `cannot be used: ${fault}`,
    spoken,
    own: { source, fault },
    wordErrorRate: null,
    memoryMb: null,
    installed: true,
    isDefault,
  }
}

function sourceOf(dir: string): string | null {
  try {
    const { source } = readJson(dir, MANIFEST) as { source?: { repository: string; revision: string } }
    return source ? `${source.repository} (${source.revision.slice(0, 7)})` : null
  } catch {
    return null // weights without a manifest are as good
  }
}

function languagesOf(dir: string): { spoken: ModelInfo['spoken']; fault: string | null } {
  try {
    return { spoken: readModelFolder(dir).description.languages, fault: null }
  } catch (cause) {
    return { spoken: null, fault: (cause as Error).message }
  }
}

/** More names tell nobody more. */
const MOST_NAMED = 5
const NAMES = new Intl.DisplayNames('en', { type: 'language' })

/** “English, German” or “99 languages”. */
export function spokenWords(spoken: ModelInfo['spoken']): string {
  if (spoken === null) return 'any language'
  if (typeof spoken === 'number') return `${spoken} languages`
  if (spoken.length > MOST_NAMED) return `${spoken.length} languages`
  return spoken.map((code) => NAMES.of(code) ?? code).join(', ')
}

const sizeOf = (dir: string): number =>
  readdirSync(dir).reduce(
    (sum, file) => sum + (statSync(join(dir, file), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
