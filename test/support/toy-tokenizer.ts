/** A Whisper's tokenizer in little: every byte, a few merges, four languages and all control tokens and times. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LETTERS, toLetters } from '../../src/whisper/text/bytes.ts'

export interface ToyTokens {
  size: number
  multilingual: boolean
  /** By id: text in GPT-2's letters, then the control tokens as they are written. */
  spellings: readonly string[]
  merges: readonly (readonly [string, string])[]
  languages: Readonly<Record<string, number>>
  eot: number
  suppress: readonly number[]
  suppressBegin: readonly number[]
}

/** In the order of their rank. Multi-byte letters stay apart in part, as in the real vocabulary. */
const MERGES = [
  'Ġ t',
  'h e',
  'Ġ a',
  'i n',
  'r e',
  'Ġt he',
  'l l',
  'o n',
  'Ġ h',
  'e ll',
  'ell o',
  'Ġh ello',
  'Ã ©',
  'â Ļ',
]

/** @param words that are a token each, with a blank before it */
export function toyTokens(multilingual: boolean, words: readonly string[] = []): ToyTokens {
  const merges = MERGES.map((merge) => merge.split(' ') as [string, string])
  // GPT-2's order: printable bytes first.
  const text = [
    ...[...LETTERS].sort(),
    ...merges.map((pair) => pair.join('')),
    ...words.map((word) => toLetters(` ${word}`)),
    ...(multilingual ? [''] : []),
  ]
  const codes = ['en', 'zh', 'de', 'es']
  const control = [
    'endoftext',
    'startoftranscript',
    ...codes,
    'translate',
    'transcribe',
    'startoflm',
    'startofprev',
    multilingual ? 'nospeech' : 'nocaptions',
    'notimestamps',
  ]
  const times = Array.from({ length: 1501 }, (_, i) => (i / 50).toFixed(2))
  const spellings = [...text, ...[...control, ...times].map((name) => `<|${name}|>`)]
  const id = (name: string): number => spellings.indexOf(name)
  return {
    size: spellings.length,
    multilingual,
    spellings,
    merges,
    languages: Object.fromEntries(codes.map((code) => [code, id(`<|${code}|>`)])),
    eot: text.length,
    suppress: [
      id('"'),
      id('('),
      ...control.slice(1, 2).map((name) => id(`<|${name}|>`)),
      ...control.slice(6, 11).map((name) => id(`<|${name}|>`)),
    ].sort((a, b) => a - b),
    suppressBegin: [id('Ġ'), text.length],
  }
}

/** @param merges as older tools write them, "a b", or as newer ones do, ["a", "b"] */
export function writeTokenizer(
  folder: string,
  tokens: ToyTokens,
  merges: 'strings' | 'pairs' = 'pairs',
): void {
  const added = tokens.spellings
    .map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    }))
    .slice(tokens.eot)
  writeFileSync(
    join(folder, 'tokenizer.json'),
    JSON.stringify({
      version: '1.0',
      truncation: null,
      padding: null,
      normalizer: null,
      post_processor: null,
      added_tokens: tokens.multilingual ? added : added.slice(0, -1501),
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        vocab: Object.fromEntries(
          tokens.spellings
            .slice(0, tokens.eot + (tokens.multilingual ? 0 : 1))
            .map((spelling, id) => [spelling, id]),
        ),
        merges: merges === 'pairs' ? tokens.merges : tokens.merges.map((pair) => pair.join(' ')),
      },
    }),
  )
}
