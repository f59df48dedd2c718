import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { EngineDescription } from '../../../ports/engine.ts'
import { MANIFEST, ModelFolderError, parseManifest, readJson, requireFile } from '../manifest.ts'
import { FAMILIES, FAMILY_LANGUAGES, FAMILY_NAMES, type Family } from './families.ts'

/** What stands in `earshot-model.json`. Paths are relative to its folder. */
export const manifestSchema = z.object({
  /** What the model is called in results; the folder's name where it is missing. */
  name: z.string().min(1).optional(),
  family: z.enum(FAMILY_NAMES),
  files: z.record(z.string(), z.string().min(1)),
  splitter: z.enum(['silero', 'energy', 'fixed']).default('silero'),
  /** ISO 639-1: what it speaks. */
  languages: z.array(z.string().min(2)).min(1).optional(),
  /** Given: the model `auto` takes it for its languages, before those with a higher number and those without one. */
  autoRank: z.number().optional(),
  /** Seconds. */
  maxPartSeconds: z.number().positive().max(3600).optional(),
  /** For a transducer of NeMo: `nemo_transducer`. */
  modelType: z.string().optional(),
  /** Whether the tokens of a result come with times, where it is not as its family is. */
  wordTimes: z.boolean().optional(),
  translates: z.boolean().optional(),
  /** Whether it writes full stops and commas itself, where it is not as its family is. */
  punctuates: z.boolean().optional(),
  /** Further settings of sherpa-onnx for this family, such as `usePnc`. */
  options: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** A model whose files are all there. */
export interface ModelFolder {
  kind: 'sherpa'
  dir: string
  manifest: Manifest
  /** `manifest.files`, absolute. */
  files: Record<string, string>
  description: EngineDescription
}

/** sherpa-onnx's own driver of Whisper gave no word times, and lost the rest of a part where the model ended early. */
const OUTDATED =
  'holds a Whisper in sherpa-onnx’s format, which is no longer run: take its original weights, with ' +
  '`earshot models pull whisper-base`, say, or `earshot models add` and a repository or folder'

/** Reads a model folder and checks it without loading the model. @throws ModelFolderError */
export function loadModelFolder(dir: string): ModelFolder {
  const at = resolve(dir)
  const json = readJson(at, MANIFEST)
  if (json.family === 'whisper') throw new ModelFolderError(`${at} ${OUTDATED}`)
  const manifest = parseManifest(at, json, manifestSchema)
  const files = Object.fromEntries(
    Object.entries(manifest.files).map(([key, file]) => [key, resolve(at, file)]),
  )
  const family: Family = FAMILIES[manifest.family]
  requireKeys(at, manifest, family)
  for (const [key, path] of Object.entries(files)) {
    const name = path.startsWith(join(at, '/')) ? path.slice(at.length + 1) : path
    requireFile(at, path, `the file of ${key} (${name})`)
  }
  return { kind: 'sherpa', dir: at, manifest, files, description: describe(at, manifest) }
}

function requireKeys(dir: string, manifest: Manifest, family: Family): void {
  const missing = family.files.map((set) => set.filter((key) => !(key in manifest.files)))
  if (!missing.some((keys) => keys.length === 0)) {
    const wanted = missing.map((keys) => keys.join(', ')).join(', or ')
    throw new ModelFolderError(`${MANIFEST} in the model folder ${dir} lacks files: ${wanted}`)
  }
  if (family.tokens && !('tokens' in manifest.files)) {
    throw new ModelFolderError(`${MANIFEST} in the model folder ${dir} lacks files: tokens`)
  }
}

function describe(dir: string, manifest: Manifest): EngineDescription {
  const family: Family = FAMILIES[manifest.family]
  const languages = manifest.languages ?? FAMILY_LANGUAGES[manifest.family]
  return {
    model: manifest.name ?? basename(dir),
    family: manifest.family,
    standIn: false,
    maxPartSeconds: manifest.maxPartSeconds ?? family.maxPartSeconds,
    splitter: manifest.splitter,
    wordTimes: manifest.wordTimes ?? family.wordTimes,
    translates: manifest.translates ?? manifest.family === 'canary',
    prompts: false,
    languages: languages ? [...languages] : null,
    ...(manifest.family === 'senseVoice' && { detectsLanguage: true }),
    ...(manifest.autoRank !== undefined && { autoRank: manifest.autoRank }),
  }
}
