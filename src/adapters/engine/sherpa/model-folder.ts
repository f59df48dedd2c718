import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { EngineDescription } from '../../../ports/engine.ts'
import { MANIFEST, ModelFolderError, parseManifest, readJson, requireFile } from '../manifest.ts'
import { FAMILIES, FAMILY_LANGUAGES, FAMILY_NAMES, type Family } from './families.ts'
import { readOnnxMetadata } from './onnx/metadata.ts'

/** What stands in `earshot-model.json`. Paths are relative to its folder. */
export const manifestSchema = z.object({
  /** What the model is called in results; the folder's name where it is missing. */
  name: z.string().min(1).optional(),
  family: z.enum(FAMILY_NAMES),
  files: z.record(z.string(), z.string().min(1)),
  splitter: z.enum(['silero', 'energy', 'fixed']).default('silero'),
  /** ISO 639-1: what it speaks. Whisper models list theirs themselves. */
  languages: z.array(z.string().min(2)).optional(),
  /** Seconds. */
  maxPartSeconds: z.number().positive().max(3600).optional(),
  /** For a transducer of NeMo: `nemo_transducer`. */
  modelType: z.string().optional(),
  /** Whisper only when exported with its attention. */
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

/** Reads a model folder and checks it without loading the model. @throws ModelFolderError */
export function loadModelFolder(dir: string): ModelFolder {
  const at = resolve(dir)
  const manifest = parseManifest(at, readJson(at, MANIFEST), manifestSchema)
  const files = Object.fromEntries(
    Object.entries(manifest.files).map(([key, file]) => [key, resolve(at, file)]),
  )
  const family: Family = FAMILIES[manifest.family]
  requireKeys(at, manifest, family)
  for (const [key, path] of Object.entries(files)) {
    const name = path.startsWith(join(at, '/')) ? path.slice(at.length + 1) : path
    requireFile(at, path, `the file of ${key} (${name})`)
  }
  return { kind: 'sherpa', dir: at, manifest, files, description: describe(at, manifest, files) }
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

function describe(dir: string, manifest: Manifest, files: Record<string, string>): EngineDescription {
  const family: Family = FAMILIES[manifest.family]
  const whisper = manifest.family === 'whisper' ? whisperLanguages(files.encoder!) : undefined
  const languages = whisper ?? hintable(manifest)
  return {
    model: manifest.name ?? basename(dir),
    family: manifest.family,
    standIn: false,
    maxPartSeconds: Math.min(manifest.maxPartSeconds ?? family.maxPartSeconds, hardLimit(manifest.family)),
    splitter: manifest.splitter,
    wordTimes: manifest.wordTimes ?? family.wordTimes,
    translates: manifest.translates ?? (manifest.family === 'canary' || (whisper?.length ?? 0) > 1),
    prompts: false,
    languages: languages.length > 0 ? languages : null,
  }
}

/** A family that takes no hint can still be known to speak one language only. */
function hintable(manifest: Manifest): string[] {
  const ofFamily = FAMILY_LANGUAGES[manifest.family]
  if (ofFamily) return [...(manifest.languages ?? ofFamily)]
  return manifest.languages?.length === 1 ? manifest.languages : []
}

/** Whisper drops what is longer, whatever a manifest says. */
const hardLimit = (family: string): number => (family === 'whisper' ? 29 : Number.POSITIVE_INFINITY)

/** The languages that a Whisper model itself lists: a hint outside of them would end its process. */
function whisperLanguages(encoder: string): string[] {
  const metadata = readOnnxMetadata(encoder)
  if (metadata.get('is_multilingual') !== '1') return ['en']
  return (metadata.get('all_language_codes') ?? '').split(',').filter(Boolean)
}
