import { readFileSync } from 'node:fs'
import type { RecogniseOptions } from '../../../ports/engine.ts'
import type { ModelFolder } from './model-folder.ts'

/** What a transducer needs to look out for words: sherpa-onnx's names, but for the vocabulary's content. */
export interface HotwordModel {
  modelingUnit: 'bpe' | 'cjkchar'
  /** Lines of `bpe.vocab`, where the model has none of its own. */
  vocabulary: string
  /** The phrase as the model writes it; undefined where it has no tokens for it. */
  writes(phrase: string): string | undefined
}

/** The same, looking out for a request's `keywords` and what its `prompt` names, where it can. */
export const withHotwords = (folder: ModelFolder): ModelFolder =>
  folder.manifest.family === 'transducer'
    ? { ...folder, description: { ...folder.description, prompts: true } }
    : folder

/** What a longer phrase is: a sentence, which will not be said word for word. */
const MOST_WORDS = 6
const MOST_PHRASES = 100
const START = '▁'

/** The words and names in a prompt: each is what stands between commas, semicolons and ends of lines. */
export function phrasesIn(prompt: string): string[] {
  const phrases = prompt
    .split(/[,;，、；\n]+|[.。]\s|[.。]$/u)
    .map(wordsIn)
    .filter((words) => words.length > 0 && words.length <= MOST_WORDS)
    .map((words) => words.join(' '))
  return [...new Set(phrases)]
}

/** Without what sherpa-onnx takes for a separator, a score, a threshold. */
const wordsIn = (phrase: string): string[] =>
  phrase
    .replaceAll('/', ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[:#@]+/u, ''))
    .filter(Boolean)

/**
 * Reads a model's tokens. A SentencePiece model of the kind BPE numbers its tokens in the order in which they
 * were merged, and scores them by it: so the scores that `bpe.vocab` would have follow from `tokens.txt`.
 */
export function readTokens(text: string): HotwordModel {
  const tokens = text
    .split('\n')
    .map((line) => line.replace(/\s+\d+\s*$/u, ''))
    .filter((token) => token !== '')
  const known = new Set(tokens)
  const modelingUnit = tokens.some((token) => token.startsWith(START)) ? 'bpe' : 'cjkchar'
  const begins = (word: string): boolean =>
    modelingUnit === 'cjkchar' || known.has(START) || known.has(START + [...word][0])
  // With a token for each of its letters, there is always a way to write a word.
  const canWrite = (phrase: string): boolean =>
    phrase.split(' ').every((word) => begins(word) && [...word].every((letter) => known.has(letter)))
  return {
    modelingUnit,
    vocabulary: tokens.map((token, rank) => `${token} ${-rank}\n`).join(''),
    writes: (phrase) => [phrase, phrase.toUpperCase(), phrase.toLowerCase()].find(canWrite),
  }
}

export const hotwordModel = ({ files }: ModelFolder): HotwordModel =>
  readTokens(readFileSync(files.tokens!, 'utf8'))

/** As `createStream` takes them; undefined where there are none. */
export function hotwordsIn(
  { prompt = '', keywords = [] }: Pick<RecogniseOptions, 'prompt' | 'keywords'>,
  model: HotwordModel,
): string | undefined {
  const named = [...keywords.map((keyword) => wordsIn(keyword).join(' ')), ...phrasesIn(prompt)]
  const phrases = [...new Set(named)].slice(0, MOST_PHRASES)
  return phrases.flatMap((phrase) => (phrase && model.writes(phrase)) || []).join('/') || undefined
}
