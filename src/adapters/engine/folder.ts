/** What a model folder holds, and so who runs it. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MANIFEST, ModelFolderError, readJson } from './manifest.ts'
import {
  loadModelFolder as loadSherpaFolder,
  type ModelFolder as SherpaFolder,
} from './sherpa/model-folder.ts'
import { holdsWeights, loadWhisperFolder, WHISPER_WEIGHTS, type WhisperFolder } from './whisper/folder.ts'

export type ModelFolder = SherpaFolder | WhisperFolder

/** Reads a model folder and checks it without loading the model. @throws ModelFolderError */
export function readModelFolder(path: string): ModelFolder {
  const dir = resolve(path)
  if (existsSync(join(dir, MANIFEST)))
    return familyOf(dir) === WHISPER_WEIGHTS ? loadWhisperFolder(dir) : loadSherpaFolder(dir)
  if (holdsWeights(dir)) return loadWhisperFolder(dir)
  throw new ModelFolderError(`${dir} is no model folder: ${whatIsMissing(dir)}`)
}

/** The file by which a folder is known as a model; undefined: it is none. */
export function markOf(dir: string): string | undefined {
  if (existsSync(join(dir, MANIFEST))) return join(dir, MANIFEST)
  return holdsWeights(dir) ? join(dir, 'config.json') : undefined
}

/** Whether it holds a Whisper in sherpa-onnx's format, which earlier versions ran. */
export const isOutdated = (dir: string): boolean => {
  try {
    return familyOf(dir) === 'whisper'
  } catch {
    return false // what is wrong with it is told by whoever loads it
  }
}

const familyOf = (dir: string): unknown => readJson(dir, MANIFEST).family

/** Other layouts of Whisper's that people have. */
const OTHERS: Readonly<Record<string, string>> = {
  'pytorch_model.bin': 'its weights are PyTorch’s; save them as safetensors (save_pretrained does)',
  'model.bin': 'there is no config.json beside its weights',
  'model.safetensors': 'there is no config.json beside its weights',
}

function whatIsMissing(dir: string): string {
  if (!existsSync(dir)) return 'it does not exist'
  const other = Object.keys(OTHERS).find((file) => existsSync(join(dir, file)))
  if (other) return OTHERS[other]!
  return `it has neither ${MANIFEST} nor Whisper’s weights (config.json, and model.bin or model.safetensors)`
}
