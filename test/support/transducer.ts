/**
 * A toy transducer that hears the tones of `tone.ts`, in the layout of sherpa-onnx's Zipformers. It knows a name that
 * sounds like the word four, Faure, in two pieces; it writes the word unless it is told to look out for the name.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLOAT, INT64, input, intAttribute, longs, model, node, output, tensor } from './onnx.ts'
import { BINS, WORDS } from './tone.ts'

const PIECES = ['<blk>', ...WORDS.map((word) => `▁${word}`), '▁Fau', 're', 'F', 'a', 'u', 'r', 'e', '▁']
const VOCABULARY = PIECES.length
const FAU = PIECES.indexOf('▁Fau')
const RE = PIECES.indexOf('re')

/** What stands between frames that sound like nothing, a word, and its double. */
const SCORE = { blank: 8, double: -1.5 }

export function writeToyTransducer(dir: string): string {
  mkdirSync(dir, { recursive: true })
  const files = {
    encoder: 'encoder.onnx',
    decoder: 'decoder.onnx',
    joiner: 'joiner.onnx',
    tokens: 'tokens.txt',
  }
  writeFileSync(join(dir, files.encoder), encoder())
  writeFileSync(join(dir, files.decoder), decoder())
  writeFileSync(join(dir, files.joiner), joiner())
  writeFileSync(join(dir, files.tokens), `${PIECES.map((piece, id) => `${piece} ${id}`).join('\n')}\n`)
  const manifest = { family: 'transducer', files, splitter: 'energy', punctuates: true }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify(manifest))
  return dir
}

/** How much each frame sounds like each token. */
function encoder(): Buffer {
  const weight = new Float32Array(80 * VOCABULARY)
  const hears = (bin: number, token: number): void => {
    for (let b = 0; b < 80; b++) weight[b * VOCABULARY + token] = (b === bin ? 1 : 0) - 1 / 80
  }
  BINS.forEach((bin, word) => {
    hears(bin, word + 1)
  })
  hears(BINS[WORDS.indexOf('four')]!, FAU)
  const bias = new Float32Array(VOCABULARY).fill(-20, RE)
  bias[0] = SCORE.blank
  bias[FAU] = SCORE.double
  return model(
    'encoder',
    [
      node('Slice', ['x', 'begin', 'end', 'axis', 'step'], 'frames'),
      node('MatMul', ['frames', 'weight'], 'scores'),
      node('Add', ['scores', 'bias'], 'encoder_out'),
      node('Add', ['x_lens', 'three'], 'rounded'),
      node('Div', ['rounded', 'four'], 'encoder_out_lens'),
      tensor('begin', [1], longs(0)),
      tensor('end', [1], longs(2n ** 40n)),
      tensor('axis', [1], longs(1)),
      tensor('step', [1], longs(4)),
      tensor('weight', [80, VOCABULARY], weight),
      tensor('bias', [VOCABULARY], bias),
      tensor('three', [], longs(3)),
      tensor('four', [], longs(4)),
      input('x', FLOAT, ['N', 'T', 80]),
      input('x_lens', INT64, ['N']),
      output('encoder_out', FLOAT, ['N', 'T4', VOCABULARY]),
      output('encoder_out_lens', INT64, ['N']),
    ],
    { model_type: 'zipformer', version: '1' },
  )
}

/** What the last token says about the next: not itself again while its tone goes on; after Fau comes re. */
function decoder(): Buffer {
  const table = new Float32Array(VOCABULARY ** 2)
  const next = (last: number, token: number, score: number): void => {
    table[last * VOCABULARY + token] = score
  }
  for (let token = 1; token < VOCABULARY; token++) next(token, token, -40)
  for (const last of [FAU, RE]) next(last, WORDS.indexOf('four') + 1, -40)
  next(WORDS.indexOf('four') + 1, FAU, -40)
  next(RE, FAU, -40)
  next(FAU, RE, 40)
  return model(
    'decoder',
    [
      tensor('table', [VOCABULARY, VOCABULARY], table),
      node('Gather', ['table', 'y'], 'rows', intAttribute('axis', 0)),
      tensor('middle', [1], longs(1)),
      node('Squeeze', ['rows', 'middle'], 'decoder_out'),
      input('y', INT64, ['N', 1]),
      output('decoder_out', FLOAT, ['N', VOCABULARY]),
    ],
    { vocab_size: String(VOCABULARY), context_size: '1' },
  )
}

const joiner = (): Buffer =>
  model(
    'joiner',
    [
      node('Add', ['encoder_out', 'decoder_out'], 'logit'),
      input('encoder_out', FLOAT, ['N', VOCABULARY]),
      input('decoder_out', FLOAT, ['N', VOCABULARY]),
      output('logit', FLOAT, ['N', VOCABULARY]),
    ],
    { joiner_dim: String(VOCABULARY) },
  )
