/**
 * A Whisper's vocabulary, from whichever files its folder has: tokenizer.json; or vocab.json, merges.txt and
 * added_tokens.json, as older Hugging Face folders have; or vocabulary.json or .txt, all that CTranslate2 itself writes.
 */
import { join } from 'node:path'
import { parseJson, readJson, readText } from '../weights/file.ts'
import { WeightsError } from '../weights/weights.ts'

export interface Vocabulary {
  /** The spelling of each token of text, in GPT-2's letters for bytes. */
  readonly text: ReadonlyMap<number, string>
  /** Tokens that people added to theirs, spelt in plain letters. */
  readonly plain: ReadonlyMap<number, string>
  /** `<|en|>`, `<|notimestamps|>` and so on. */
  readonly special: ReadonlyMap<string, number>
  /** How letters join, most frequent pair first; undefined where the folder does not say. */
  readonly merges: (() => Iterable<readonly [string, string]>) | undefined
}

export function readVocabulary(folder: string): Vocabulary {
  return fromTokenizer(folder) ?? fromVocab(folder) ?? fromList(folder) ?? missing(folder)
}

function missing(folder: string): never {
  throw new WeightsError(`${folder} has no tokenizer.json: fetch it from where the model came from`)
}

function fromTokenizer(folder: string): Vocabulary | undefined {
  const json = readJson(folder, 'tokenizer.json')
  if (!json) return undefined
  const path = join(folder, 'tokenizer.json')
  const model = record(json.model) ?? damaged(path)
  const { merges } = model
  if (!Array.isArray(merges)) damaged(path)
  const list = new List()
  list.addAll(record(model.vocab) ?? damaged(path), list.text)
  for (const token of Array.isArray(json.added_tokens) ? json.added_tokens : [])
    list.add(record(token)?.content, record(token)?.id, list.plain)
  return list.vocabulary(() => pairs(merges, path))
}

function fromVocab(folder: string): Vocabulary | undefined {
  const vocab = readJson(folder, 'vocab.json')
  if (!vocab) return undefined
  const merges = readText(folder, 'merges.txt')
  const list = new List()
  list.addAll(vocab, list.text)
  list.addAll(readJson(folder, 'added_tokens.json') ?? {}, list.plain)
  if (merges === undefined) return list.vocabulary(undefined)
  const path = join(folder, 'merges.txt')
  return list.vocabulary(() =>
    pairs(
      lines(merges).filter((line) => line && !line.startsWith('#version')),
      path,
    ),
  )
}

function fromList(folder: string): Vocabulary | undefined {
  const json = readText(folder, 'vocabulary.json')
  const text = json === undefined ? readText(folder, 'vocabulary.txt') : undefined
  const tokens = json !== undefined ? parseJson(json, join(folder, 'vocabulary.json')) : text && lines(text)
  if (tokens === undefined) return undefined
  if (!Array.isArray(tokens)) damaged(join(folder, 'vocabulary.json'))
  const list = new List()
  for (let id = 0; id < tokens.length; id++) list.add(tokens[id], id, list.text)
  return list.vocabulary(undefined)
}

/** `<|en|>`, `<|notimestamps|>` and so on. */
export const isControl = (spelling: string): boolean =>
  spelling.length > 4 && spelling.startsWith('<|') && spelling.endsWith('|>')

class List {
  readonly text = new Map<number, string>()
  readonly plain = new Map<number, string>()
  private readonly special = new Map<string, number>()

  add(spelling: unknown, id: unknown, kind: Map<number, string>): void {
    if (typeof spelling !== 'string' || !Number.isInteger(id)) return
    if (isControl(spelling)) this.special.set(spelling, id as number)
    else kind.set(id as number, spelling)
  }

  addAll(ids: Record<string, unknown>, kind: Map<number, string>): void {
    for (const spelling in ids) this.add(spelling, ids[spelling], kind)
  }

  vocabulary(merges: Vocabulary['merges']): Vocabulary {
    const { text, plain, special } = this
    for (const id of special.values()) {
      text.delete(id)
      plain.delete(id)
    }
    return { text, plain, special, merges }
  }
}

/** Written as "a b" or, by newer tools, as ["a", "b"]. */
function* pairs(merges: readonly unknown[], path: string): Generator<readonly [string, string]> {
  for (const merge of merges) {
    const pair = typeof merge === 'string' ? merge.split(' ') : merge
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((part) => typeof part === 'string'))
      damaged(path)
    yield pair as unknown as readonly [string, string]
  }
}

const record = (value: unknown): Record<string, unknown> | undefined =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined

/** All but what follows the last line break; an empty line is the empty token that a multilingual Whisper has. */
const lines = (text: string): string[] => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')

function damaged(path: string): never {
  throw new WeightsError(`${path} is no Whisper's tokenizer, or damaged: fetch it again`)
}
