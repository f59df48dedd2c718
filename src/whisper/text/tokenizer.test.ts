import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toyTokens, writeTokenizer } from '../../../test/support/toy-tokenizer.ts'
import { mergePunctuation } from './punctuation.ts'
import { openTokenizer, type Tokenizer } from './tokenizer.ts'

const tokens = toyTokens(true)
let folder: string
let tokenizer: Tokenizer
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whisper-text-'))
  writeTokenizer(folder, tokens)
  tokenizer = openTokenizer(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What Hugging Face's tokenizers make of the same tokenizer.json, and faster-whisper of its tokens. */
const REFERENCE: [text: string, ids: number[], words: string[], characters: string[]][] = [
  [
    'hello the hello',
    [257, 262, 78, 261, 220, 257, 262, 78],
    ['hello', ' the', ' hello'],
    ['he', 'll', 'o', ' the', ' ', 'he', 'll', 'o'],
  ],
  [
    "Hello,  the\n\n café's ♪ — ok",
    [
      39, 266, 11, 220, 261, 198, 198, 220, 66, 64, 69, 268, 6, 82, 220, 269, 103, 220, 158, 222, 242, 220,
      78, 74,
    ],
    ['Hello', ',', ' ', ' the', '\n', '\n', ' café', "'s", ' ♪', ' —', ' ok'],
    [
      'H',
      'ello',
      ',',
      ' ',
      ' the',
      '\n',
      '\n',
      ' ',
      'c',
      'a',
      'f',
      'é',
      "'",
      's',
      ' ',
      '♪',
      ' ',
      '—',
      ' ',
      'o',
      'k',
    ],
  ],
  [
    "don't I'll 123 ½ \u3000x \t\r\n",
    [
      67, 263, 6, 83, 220, 40, 6, 262, 220, 16, 17, 18, 220, 126, 121, 220, 159, 222, 222, 87, 220, 197, 201,
      198,
    ],
    ['don', "'t", ' I', "'ll", ' 123', ' ½', ' ', '\u3000x', ' ', '\t', '\r', '\n'],
    [
      'd',
      'on',
      "'",
      't',
      ' ',
      'I',
      "'",
      'll',
      ' ',
      '1',
      '2',
      '3',
      ' ',
      '½',
      ' ',
      '\u3000',
      'x',
      ' ',
      '\t',
      '\r',
      '\n',
    ],
  ],
  [
    '今天好。',
    [160, 119, 232, 161, 97, 102, 161, 98, 121, 159, 222, 224],
    ['今天好。'],
    ['今', '天', '好', '。'],
  ],
  [
    'e\u0301\u0085\ufeff \ufeff',
    [68, 136, 223, 126, 227, 171, 119, 123, 220, 171, 119, 123],
    ['e\u0301', '\u0085\ufeff', ' \ufeff'],
    ['e', '\u0301', '\u0085', '\ufeff', ' ', '\ufeff'],
  ],
  [
    '😀!the he ther',
    [172, 253, 246, 222, 0, 83, 257, 220, 257, 261, 81],
    ['😀', '!the', ' he', ' ther'],
    ['😀', '!', 't', 'he', ' ', 'he', ' the', 'r'],
  ],
]

const anyTokens = fc.array(fc.integer({ min: 0, max: tokens.size + 5 }), { maxLength: 60 })
const anyText = fc.string({ unit: 'grapheme', maxLength: 80 })

describe('tokens', () => {
  it.each(REFERENCE)('of %j are the reference’s', (text, ids, words, characters) => {
    expect(tokenizer.encode(text)).toEqual(ids)
    expect(tokenizer.decode(ids)).toBe(text)
    expect(tokenizer.words(ids, 'en').map((word) => word.text)).toEqual(words)
    expect(tokenizer.words(ids, 'ja').map((word) => word.text)).toEqual(characters)
  })

  it('give back any text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
      }),
    )
  })

  it('of a text that spells control tokens are text', () => {
    const ids = tokenizer.encode('<|en|><|notimestamps|>')
    expect(Math.max(...ids)).toBeLessThan(tokens.eot)
    expect(tokenizer.decode(ids)).toBe('<|en|><|notimestamps|>')
  })

  it('skip control tokens, times, and what is no token', () => {
    const [h, e] = tokenizer.encode('Hx')
    expect(tokenizer.decode([tokens.eot + 1, h!, tokens.eot + 20, e!, tokens.size + 7, -1])).toBe('Hx')
    expect(tokenizer.bytesOf(tokens.eot)).toHaveLength(0)
  })

  it('of one very long word come as soon as of many short ones', () => {
    const ids = tokenizer.encode('hell'.repeat(50_000))
    expect(ids).toHaveLength(100_000)
  })

  it('are the same from every way of writing the vocabulary', () => {
    const others = {
      strings: (at: string) => writeTokenizer(at, tokens, 'strings'),
      older: (at: string) => {
        const text = tokens.spellings.slice(0, tokens.eot)
        const added = tokens.spellings.slice(tokens.eot).map((spelling, i) => [spelling, tokens.eot + i])
        writeFileSync(
          join(at, 'vocab.json'),
          JSON.stringify(Object.fromEntries(text.map((t, id) => [t, id]))),
        )
        writeFileSync(join(at, 'added_tokens.json'), JSON.stringify(Object.fromEntries(added)))
        writeFileSync(
          join(at, 'merges.txt'),
          `#version: 0.2\n${tokens.merges.map((pair) => `${pair.join(' ')}\n`).join('')}`,
        )
      },
    }
    for (const [name, write] of Object.entries(others)) {
      const at = mkdtempSync(join(folder, name))
      write(at)
      for (const [text, ids] of REFERENCE) expect(openTokenizer(at).encode(text), name).toEqual(ids)
    }
  })

  it('without merges are read as well, and written so that they say the same', () => {
    const lists = {
      'vocabulary.json': JSON.stringify(tokens.spellings),
      'vocabulary.txt': `${tokens.spellings.join('\n')}\n`,
    }
    for (const [name, content] of Object.entries(lists)) {
      const at = mkdtempSync(join(folder, 'list-'))
      writeFileSync(join(at, name), content)
      const listed = openTokenizer(at)
      for (const [text, ids] of REFERENCE) {
        expect(listed.decode(ids)).toBe(text)
        expect(listed.decode(listed.encode(text))).toBe(text)
      }
    }
  })

  it('that a fine-tune added are text', () => {
    const at = mkdtempSync(join(folder, 'added-'))
    writeTokenizer(at, { ...tokens, spellings: [...tokens.spellings, 'Grüß Gott'] })
    const ids = [tokenizer.encode('H')[0]!, tokens.size]
    expect(openTokenizer(at).decode(ids)).toBe('HGrüß Gott')
    expect(openTokenizer(at).words(ids, 'de')).toEqual([{ text: 'HGrüß Gott', tokens: ids }])
  })
})

describe('words', () => {
  it('hold all tokens and all text, whatever the tokens are', () => {
    fc.assert(
      fc.property(anyTokens, fc.constantFrom('en', 'zh'), (ids, language) => {
        const words = tokenizer.words(ids, language)
        expect(words.flatMap((word) => word.tokens)).toEqual(ids)
        expect(words.map((word) => word.text).join('')).toBe(tokenizer.decode(ids))
      }),
    )
  })

  it('cut no character', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('en', 'th'), (text, language) => {
        fc.pre(!text.includes('\ufffd'))
        for (const word of tokenizer.words(tokenizer.encode(text), language))
          expect(word.text).not.toContain('\ufffd')
      }),
    )
  })

  it('take their punctuation with them', () => {
    const merged = (...words: string[]): string[] =>
      mergePunctuation(words.map((text, i) => ({ text, tokens: [i] }))).map((word) => word.text)
    expect(
      merged('Hello', ',', ' (', 'the', ' "', 'hello', '"', ')', ' said', ':', ' “', 'no', '!', '”'),
    ).toEqual(['Hello,', ' (the', ' "hello")', ' said:', ' “no!”'])
    expect(merged(' -', ' -', ' ok', ' .', '.')).toEqual([' - - ok', ' ..'])
    expect(merged('今', '天', '。', '」')).toEqual(['今', '天。', '」'])
    expect(merged()).toEqual([])
  })

  it('lose nothing to their punctuation', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...' "(.,!?-a'), maxLength: 30 }), (text) => {
        const words = tokenizer.words(tokenizer.encode(text), 'en')
        const merged = mergePunctuation(words)
        expect(merged.map((word) => word.text).join('')).toBe(text)
        expect(merged.flatMap((word) => word.tokens)).toEqual(words.flatMap((word) => word.tokens))
      }),
    )
  })
})
