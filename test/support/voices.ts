/**
 * Toys in the layout of sherpa-onnx's speaker diarization, for the tones of `tone.ts`: the low half of the words
 * is one voice, the high half another. The path through sherpa-onnx is the real one.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLOAT, input, intAttribute, intsAttribute, longs, model, node, output, tensor } from './onnx.ts'
import { type ToneWord, WORDS } from './tone.ts'

export const voiceOf = (word: ToneWord): 'low' | 'high' =>
  WORDS.indexOf(word) < WORDS.length / 2 ? 'low' : 'high'

const WINDOW = 160_000
/** Samples: 20 ms. */
const FRAME = 320
const FRAMES = WINDOW / FRAME
/** Silence, three voices, three pairs of them. */
const CLASSES = 7

/**
 * pyannote's segmentation: sound in, who speaks when out, frame by frame. A tone's slope has 2 − 2 cos ω times
 * its power, which tells low from high.
 */
function segmentationModel(): Buffer {
  const between = 0.57
  const quiet = 1e-4
  // Columns: power, power of the slope; rows: what they count for a class.
  const weight = new Float32Array(2 * CLASSES)
  weight.set([0, between, -between], 0)
  weight.set([0, -1, 1], CLASSES)
  const bias = new Float32Array(CLASSES).fill(-1)
  bias.set([quiet, 0, 0])
  return model(
    'segmentation',
    [
      node('Reshape', ['x', 'shape'], 'frames'),
      node('Mul', ['frames', 'frames'], 'squares'),
      node('ReduceMean', ['squares'], 'power', intsAttribute('axes', [2])),
      node('Slice', ['frames', 'one', 'end', 'two'], 'later'),
      node('Slice', ['frames', 'zero', 'minusOne', 'two'], 'earlier'),
      node('Sub', ['later', 'earlier'], 'slope'),
      node('Mul', ['slope', 'slope'], 'slopeSquares'),
      node('ReduceMean', ['slopeSquares'], 'slopePower', intsAttribute('axes', [2])),
      node('Mul', ['power', 'weightOfPower'], 'byPower'),
      node('Mul', ['slopePower', 'weightOfSlope'], 'bySlope'),
      node('Add', ['byPower', 'bySlope'], 'scores'),
      node('Add', ['scores', 'bias'], 'y'),
      tensor('shape', [3], longs(1, FRAMES, FRAME)),
      tensor('zero', [1], longs(0)),
      tensor('one', [1], longs(1)),
      tensor('two', [1], longs(2)),
      tensor('minusOne', [1], longs(-1)),
      tensor('end', [1], longs(2n ** 40n)),
      tensor('weightOfPower', [CLASSES], weight.slice(0, CLASSES)),
      tensor('weightOfSlope', [CLASSES], weight.slice(CLASSES)),
      tensor('bias', [CLASSES], bias),
      input('x', FLOAT, [1, 1, WINDOW]),
      output('y', FLOAT, [1, FRAMES, CLASSES]),
    ],
    {
      model_type: 'pyannote-segmentation-3.0',
      sample_rate: '16000',
      window_size: String(WINDOW),
      receptive_field_size: String(FRAME),
      receptive_field_shift: String(FRAME),
      num_speakers: '3',
      powerset_max_classes: '2',
      num_classes: String(CLASSES),
    },
  )
}

/** A voice's print: how much stands out of the low and of the high half of the spectrum. */
function embeddingModel(): Buffer {
  const centred = new Float32Array(80 * 80)
  const halves = new Float32Array(80 * 2)
  for (let bin = 0; bin < 80; bin++) {
    for (let other = 0; other < 80; other++) centred[80 * other + bin] = (bin === other ? 1 : 0) - 1 / 80
    halves[2 * bin + (bin < 43 ? 0 : 1)] = 1
  }
  return model(
    'embedding',
    [
      node('MatMul', ['x', 'centred'], 'level'),
      node('Add', ['level', 'floor'], 'above'),
      node('Relu', ['above'], 'peaks'),
      node('MatMul', ['peaks', 'halves'], 'byHalf'),
      node('ReduceMean', ['byHalf'], 'embedding', intsAttribute('axes', [1]), intAttribute('keepdims', 0)),
      tensor('centred', [80, 80], centred),
      tensor('floor', [1], Float32Array.of(-5)),
      tensor('halves', [80, 2], halves),
      input('x', FLOAT, ['N', 'T', 80]),
      output('embedding', FLOAT, ['N', 2]),
    ],
    {
      framework: '3d-speaker',
      language: 'tones',
      output_dim: '2',
      sample_rate: '16000',
      normalize_samples: '1',
      version: '1',
    },
  )
}

/** Writes the folder of the models that tell the voices apart, as `earshot models pull diarization` would. */
export function writeVoiceModels(dir: string): string {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'segmentation.onnx'), segmentationModel())
  writeFileSync(join(dir, 'embedding.onnx'), embeddingModel())
  const files = { segmentation: 'segmentation.onnx', embedding: 'embedding.onnx' }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify({ kind: 'diarization', files }))
  return dir
}
