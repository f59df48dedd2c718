import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { controlTokensIn } from './control-tokens-in.ts'
import { readVocabulary } from './vocabulary.ts'

const dir = mkdtempSync(join(tmpdir(), 'earshot-tokens-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const TOKENS = [
  { id: 3, content: 'plain "]" \\', special: false },
  { id: 4, content: '<|endoftext|>', special: true },
  { id: 5, content: '<|en|>', special: true },
]
const MODEL = { vocab: { a: 0, b: 1, '<|de|>': 2 }, merges: ['a b'] }

it.each([
  ['with its added tokens first', { added_tokens: TOKENS, model: MODEL }],
  ['with them last', { model: MODEL, added_tokens: TOKENS }],
])('are those of a tokenizer.json %s', (_, json) => {
  writeFileSync(join(dir, 'tokenizer.json'), JSON.stringify(json))
  expect(controlTokensIn(dir)).toEqual(
    new Map([
      ['<|endoftext|>', 4],
      ['<|en|>', 5],
    ]),
  )
})

it.each([
  ['within its vocabulary', { model: MODEL }],
  ['nowhere among those that it adds', { added_tokens: [TOKENS[0]], model: MODEL }],
])('are read the long way where they are %s', (_, json) => {
  writeFileSync(join(dir, 'tokenizer.json'), JSON.stringify(json))
  expect(controlTokensIn(dir)).toEqual(readVocabulary(dir).special)
  expect(controlTokensIn(dir)).toEqual(new Map([['<|de|>', 2]]))
})
