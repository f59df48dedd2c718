/**
 * A folder of Whisper weights as people have them: CTranslate2's (`model.bin`) or Hugging Face's
 * (`model.safetensors`, also in shards), with its `config.json` and tokens. It needs no
 * `earshot-model.json`; one that is there names it, and says what the weights do not.
 */
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { EngineDescription } from '../../../ports/engine.ts'
import { controlTokensIn } from '../../../whisper/text/control-tokens-in.ts'
import { WeightsError } from '../../../whisper/weights/weights.ts'
import { MANIFEST, ModelFolderError, parseManifest, readJson, requireFile } from '../manifest.ts'

/** What `family` says in `earshot-model.json`. */
export const WHISPER_WEIGHTS = 'whisperWeights'

const manifestSchema = z.object({
  family: z.literal(WHISPER_WEIGHTS),
  /** What the model is called in results; the folder's name where it is missing. */
  name: z.string().min(1).optional(),
  splitter: z.enum(['silero', 'energy', 'fixed']).default('silero'),
  /** ISO 639-1: what it was trained for, where its tokens say more. */
  languages: z.array(z.string().min(2)).min(1).optional(),
  /** As in the manifest of a model of sherpa-onnx: for the model `auto`. */
  autoRank: z.number().optional(),
  /** False: it was not trained to, as turbo was not. */
  translates: z.boolean().optional(),
  /** Where it was fetched from, and what arrived. Written for people, and for who checks. */
  source: z
    .object({
      repository: z.string(),
      revision: z.string(),
      files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
    })
    .optional(),
})
export type WhisperManifest = z.input<typeof manifestSchema>

/** Whisper's window is 30 s; two of them stay for the silence that ends a part. */
const MAX_PART_SECONDS = 28
/**
 * Shorter parts take away context, and the encoder's attention grows with the square of the length. Wrong words of nine
 * sets with base: 316 in parts of 20 s, 335 in 23, 310 in 24, 312 in 25, 315 in 26, 327 in 28, all in about the same
 * time; with tiny.en of five sets: 75 in 20 s, 64 in 24.
 */
const TARGET_PART_SECONDS = 24
/** Lone words far apart are heard better together than each in a window of its own. */
const LONGEST_PAUSE_SECONDS = 5

export interface WhisperFolder {
  kind: 'whisper'
  dir: string
  description: EngineDescription
}

/** The files that hold weights, in the order in which they are taken. */
const WEIGHTS = ['model.bin', 'model.safetensors', 'model.safetensors.index.json'] as const

/** Whether there are weights of this kind; what is wrong with them `loadWhisperFolder` says. */
export const holdsWeights = (dir: string): boolean =>
  existsSync(join(dir, 'config.json')) && WEIGHTS.some((file) => existsSync(join(dir, file)))

/** Reads such a folder and checks it without loading the weights. @throws ModelFolderError */
export function loadWhisperFolder(path: string): WhisperFolder {
  const dir = resolve(path)
  const json = existsSync(join(dir, MANIFEST)) ? readJson(dir, MANIFEST) : { family: WHISPER_WEIGHTS }
  const manifest = parseManifest(dir, json, manifestSchema)
  requireWeights(dir)
  const languages = manifest.languages ?? languagesIn(dir)
  return {
    kind: 'whisper',
    dir,
    description: {
      model: manifest.name ?? basename(dir),
      family: 'whisper',
      standIn: false,
      maxPartSeconds: MAX_PART_SECONDS,
      targetPartSeconds: TARGET_PART_SECONDS,
      longestPauseSeconds: LONGEST_PAUSE_SECONDS,
      splitter: manifest.splitter,
      wordTimes: true,
      translates: manifest.translates ?? languages.length > 1,
      prompts: true,
      languages,
      detectsLanguage: languages.length > 1,
      ...(manifest.autoRank !== undefined && { autoRank: manifest.autoRank }),
    },
  }
}

function requireWeights(dir: string): void {
  const weights = WEIGHTS.find((file) => existsSync(join(dir, file)))
  if (!weights) throw new ModelFolderError(`there are no weights (${WEIGHTS.join(', ')}) in ${dir}`)
  for (const file of [weights, 'config.json']) requireFile(dir, join(dir, file), file)
  if (weights === 'model.bin') requireWhisperSpec(dir)
  else requireWhisperConfig(dir)
  if (weights === 'model.safetensors.index.json') requireShards(dir, weights)
}

function requireWhisperConfig(dir: string): void {
  const { model_type: type } = readJson(dir, 'config.json')
  if (type !== 'whisper')
    throw new ModelFolderError(`${dir} holds no Whisper model: its config.json says ${type ?? 'nothing'}`)
}

/** CTranslate2 writes a version of four bytes, then the name of what the weights are of. */
const SPEC = { at: 4, name: 'WhisperSpec' }

function requireWhisperSpec(dir: string): void {
  const head = Buffer.alloc(64)
  const file = openSync(join(dir, 'model.bin'), 'r')
  try {
    readSync(file, head, 0, head.length, 0)
  } finally {
    closeSync(file)
  }
  const length = head.readUInt16LE(SPEC.at)
  const name = head.toString('latin1', SPEC.at + 2, SPEC.at + 2 + length).replace(/\0.*$/s, '')
  if (name !== SPEC.name)
    throw new ModelFolderError(`model.bin in the model folder ${dir} is no Whisper model of CTranslate2`)
}

function requireShards(dir: string, index: string): void {
  const { weight_map: map } = readJson(dir, index)
  const shards = new Set(Object.values(map ?? {}).map(String))
  if (shards.size === 0) throw new ModelFolderError(`${index} in the model folder ${dir} names no files`)
  for (const shard of shards) requireFile(dir, join(dir, shard), shard)
}

/** An English-only model's vocabulary is a token shorter, and its language tokens mean nothing. */
const START_OF_MULTILINGUAL = 50_258

/** What it can be told to listen for: its tokens `<|en|>`, `<|de|>`… */
function languagesIn(dir: string): string[] {
  const special = controlTokensOf(dir)
  const start = special.get('<|startoftranscript|>')
  if (start === undefined)
    throw new ModelFolderError(`the tokens in the model folder ${dir} are not Whisper’s`)
  if (start < START_OF_MULTILINGUAL) return ['en']
  return [...special.keys()].flatMap((token) => /^<\|([a-z]{2,3})\|>$/.exec(token)?.[1] ?? [])
}

function controlTokensOf(dir: string): ReadonlyMap<string, number> {
  try {
    return controlTokensIn(dir)
  } catch (cause) {
    throw cause instanceof WeightsError ? new ModelFolderError(cause.message, { cause }) : cause
  }
}
