/** A toy in the layout of sherpa-onnx's punctuation: what follows a word depends on the word alone. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FLOAT, INT32, input, model, node, output, tensor } from './onnx.ts'
import { WORDS } from './tone.ts'

const MARKS = ['<unk>', '_', '，', '。', '？', '、']
const NONE = MARKS.indexOf('_')
/** The toy's taste. */
export const MARK_AFTER: Record<string, string> = { four: '，', nine: '？', zero: '。' }

function punctuationModel(): Buffer {
  const tokens = ['<unk>', ...WORDS]
  const table = new Float32Array(tokens.length * MARKS.length)
  tokens.forEach((token, i) => {
    const mark = MARK_AFTER[token]
    table[i * MARKS.length + (mark ? MARKS.indexOf(mark) : NONE)] = 1
  })
  return model(
    'punctuation',
    [
      node('Gather', ['table', 'inputs'], 'logits'),
      // The length is an input of its own, of no use here.
      node('Identity', ['text_lengths'], 'unused'),
      tensor('table', [tokens.length, MARKS.length], table),
      input('inputs', INT32, ['N', 'T']),
      input('text_lengths', INT32, ['N']),
      output('logits', FLOAT, ['N', 'T', MARKS.length]),
    ],
    {
      model_type: 'ct_transformer',
      tokens: tokens.join('|'),
      vocab_size: String(tokens.length),
      punctuations: MARKS.join('|'),
      unk_symbol: '<unk>',
    },
  )
}

/** Writes the folder that `earshot models pull punctuation` would. */
export function writePunctuationModel(dir: string): string {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'model.onnx'), punctuationModel())
  const manifest = { kind: 'punctuation', files: { model: 'model.onnx' } }
  writeFileSync(join(dir, 'earshot-model.json'), JSON.stringify(manifest))
  return dir
}
