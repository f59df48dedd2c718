/**
 * An audio tagger that one can know everything about: a real ONNX model in the layout of sherpa-onnx's
 * Zipformers, to which a hum below all words is music.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLOAT, INT64, input, intAttribute, intsAttribute, model, node, output, tensor } from './onnx.ts'
import { frequencyOfBin } from './tone.ts'

const BIN = 8
/** How far the hum must stand above the mean of the log-mel spectrum. */
const ABOVE = 6

/** Writes a folder as `EARSHOT_TAGGER` takes it. */
export function writeTagger(dir: string): string {
  const weight = new Float32Array(80 * 2)
  for (let bin = 0; bin < 80; bin++) weight[bin * 2] = (bin === BIN ? 1 : 0) - 1 / 80
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, 'model.onnx'),
    model(
      'hum',
      [
        node('ReduceMean', ['x'], 'mean', intsAttribute('axes', [1]), intAttribute('keepdims', 0)),
        node('MatMul', ['mean', 'weight'], 'scores'),
        node('Add', ['scores', 'bias'], 'logits'),
        node('Sigmoid', ['logits'], 'probs'),
        tensor('weight', [80, 2], weight),
        tensor('bias', [2], Float32Array.from([-ABOVE, 0])),
        input('x', FLOAT, ['N', 'T', 80]),
        input('x_lens', INT64, ['N']),
        output('probs', FLOAT, ['N', 2]),
      ],
      { model_type: 'zipformer' },
    ),
  )
  const labels = ['index,mid,display_name', '0,/m/04rlf,"Music"', '1,/m/09x0r,"Speech"']
  writeFileSync(join(dir, 'class_labels_indices.csv'), `${labels.join('\n')}\n`)
  return dir
}

/** The same words over the hum. */
export function withHum(pcm: Int16Array, rate = 16_000): Int16Array {
  const w = (2 * Math.PI * frequencyOfBin(BIN)) / rate
  return pcm.map((sample, k) => sample + 3000 * Math.sin(w * k))
}
