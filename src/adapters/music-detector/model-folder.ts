import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface TaggerModel {
  family: 'ced' | 'zipformer'
  model: string
  labels: string
}

const MODELS = ['model.int8.onnx', 'model.onnx']
const LABELS = 'class_labels_indices.csv'

/**
 * A folder as sherpa-onnx publishes its audio taggers: CED's have that in their name, the others are Zipformers.
 * @throws Error with one line that says what is missing
 */
export function taggerModel(folder: string): TaggerModel {
  const model = MODELS.map((name) => join(folder, name)).find(existsSync)
  const labels = join(folder, LABELS)
  if (!model || !existsSync(labels))
    throw new Error(`the audio tagger’s folder ${folder} needs ${MODELS.join(' or ')}, and ${LABELS}`)
  return { family: /\bced\b/i.test(basename(folder)) ? 'ced' : 'zipformer', model, labels }
}
