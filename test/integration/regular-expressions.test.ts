/**
 * No regular expression in the sources may backtrack its way through a long text: of the kinds that do, none is
 * there; and everything that reads text from outside gets through long hostile ones.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { parseCaptions } from '../../src/domain/captions/parse.ts'
import { decodeCursor } from '../../src/domain/cursor.ts'
import { parseKey } from '../../src/domain/idempotency/rules.ts'
import { looksLikeKey } from '../../src/domain/keys/rules.ts'
import { parseLink } from '../../src/domain/links/index.ts'
import { readUrl } from '../../src/domain/links/read-url.ts'
import { cleanFilename } from '../../src/domain/media/store.ts'
import { likelyLyrics } from '../../src/domain/transcripts/likely-lyrics.ts'
import { searchWords } from '../../src/domain/transcripts/search-words.ts'
import { cleanEmail } from '../../src/domain/users/rules.ts'
import { prefersEvents } from '../../src/http/accept.ts'
import { byteRange } from '../../src/http/byte-range.ts'
import { readChanges, readEdit } from '../../src/http/read-edits.ts'
import { isAnnotation } from '../../src/pipeline/guards/annotation.ts'
import { isCredit } from '../../src/pipeline/guards/credits.ts'
import { untrailed } from '../../src/pipeline/merge-text.ts'

const SRC = join(import.meta.dirname, '../../src')

/** Read by the operator or by ourselves only, or from a text that is short by then. */
const SHORT: Record<string, string> = {
  '/\\/+$/': 'an operator’s setting',
  '/^\\/+|\\/+$/g': 'an operator’s setting',
  '/\\s+\\d+\\s*$/u': 'a line of a model’s own file',
  '/[aeiouy]+[^aeiouy]*$/': 'at most 40 letters, cut before',
  '/\\0.*$/s': 'a model’s own file',
}

function literals(): [file: string, text: string][] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const found: [string, string][] = []
      const walk = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) found.push([file, node.text])
        ts.forEachChild(node, walk)
      }
      walk(ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest))
      return found
    })
}

const ATOM = String.raw`(?:\[(?:[^\]\\]|\\.)*\]|\\p\{[^}]*\}|\\.|[^\\^$|()[\]*+?])`
/** `X+$`: from every place of a long run of X that is not at the end, to the end of the run. */
const RUN_TO_END = new RegExp(String.raw`(?:^\/|\|)(?:${ATOM}[*+]\??)+\$(?:\/|\||$)`)
/** `(X+)+`: a run of X can be cut in as many ways as it is long. */
const NESTED = new RegExp(String.raw`\((?:\?:)?${ATOM}[*+]\)[*+]`)
/** `X+X+`: the same, with two cuts. */
const TWICE = new RegExp(String.raw`(${ATOM})[*+]\1[*+]`)
/** `[^)]*)` behind `(`: from every bracket that opens, to the end. The class must stop at the next one. */
const BRACKETS = /(?:^\/|\|)\\?([^\\^|])\[\^(?!(?:[^\]\\]|\\.)*\1)(?:[^\]\\]|\\.)*\][*+]/

const slow = (text: string): boolean => [RUN_TO_END, NESTED, TWICE, BRACKETS].some((kind) => kind.test(text))

it('knows the kinds when it sees them', () => {
  for (const bad of [
    '/^ +| +$/g',
    '/\\s+$/',
    '/(a+)+/',
    '/(?:[ab]*)*c/',
    '/\\w+\\w+x/',
    '/\\[[^\\]]*\\]/',
    '/<[^>]+>/',
  ])
    expect([bad, slow(bad)]).toEqual([bad, true])
  for (const good of ['/^\\s+$/', '/a+b/', '/^(a|b)+$/', '/<[^<>]*>/', '/(?:\\.[a-z]+)+/', '/[.!?]["”]*$/'])
    expect([good, slow(good)]).toEqual([good, false])
})

it('none of them is in the sources', () => {
  const found = literals().filter(([, text]) => slow(text) && !(text in SHORT))
  expect(found).toEqual([])
})

const LONG = 200_000
const HOSTILE = [
  ' ',
  'a',
  'é\u0301',
  '.',
  '-',
  '/',
  '@',
  '"',
  '\\',
  '(',
  '[',
  '<',
  '&',
  '\n',
  '\t ',
  'a ',
  'a.',
  'a-',
  '0',
  ':',
  'https://',
  'ab',
  '字',
  '<c>',
  '--> ',
  '00:00:00.000 --> ',
  '{"a":',
].flatMap((piece) => {
  const run = piece.repeat(LONG / piece.length)
  return [run, `h${run}h`, `https://a.b/${run}!`, `WEBVTT\n\n${run}\u0000`, `${run}\n1`]
})

/** What it makes of the text is another test's affair: here it comes back at all. */
const READERS: Record<string, (text: string) => unknown> = {
  readUrl,
  parseLink,
  parseKey,
  looksLikeKey,
  decodeCursor,
  cleanFilename,
  cleanEmail,
  searchWords,
  prefersEvents,
  byteRange: (text) => byteRange(text, 1000),
  readEdit,
  readChanges,
  isAnnotation,
  isCredit,
  untrailed,
  likelyLyrics: (text) =>
    likelyLyrics({ text, segments: [{ start: 0, end: 1, text }], language: 'en' } as never),
  captionsVtt: (text) => parseCaptions('vtt', text),
  captionsJson3: (text) => parseCaptions('json3', text),
}

describe('long hostile texts', () => {
  it.each(Object.entries(READERS))('%s', (_name, read) => {
    for (const text of HOSTILE)
      try {
        read(text)
      } catch (cause) {
        expect(cause).toBeInstanceOf(Error)
      }
  })
})
