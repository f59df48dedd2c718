/**
 * A toy transducer that hears the tones of `tone.ts`, in the layout of sherpa-onnx's Zipformers. It knows a name that
 * sounds like the word four, Faure, in two pieces; it writes the word unless it is told to look out for the name.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLOAT, INT64, input, intAttribute, longs, model, node, output, tensor } from './onnx.ts'
import { BINS, toneScores, WORDS } from './tone.ts'

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
  const words = BINS.map((bin, word): [number, number] => [bin, word + 1])
  const bias = new Float32Array(VOCABULARY).fill(-20, RE)
  bias[0] = SCORE.blank
  bias[FAU] = SCORE.double
  return model(
    'encoder',
    [
      ...toneScores([...words, [BINS[WORDS.indexOf('four')]!, FAU]], bias, 'encoder_out', 'encoder_out_lens'),
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
