/** What a Whisper's files say beside its weights: control tokens, languages, what is not to be said, which heads align. */
import { readVocabulary, type Vocabulary } from '../text/vocabulary.ts'
import { type ControlTokens, controlTokens } from './control-tokens.ts'
import { readJson } from './file.ts'
import { beginSuppressed, nonSpeech } from './suppressed.ts'
import type { WhisperShape, WhisperWeights } from './weights.ts'

export interface WhisperSpec extends ControlTokens {
  /** Never to be said: symbols that are no speech, and control tokens. */
  readonly suppress: readonly number[]
  /** Not to be said first: a blank, and the end. */
  readonly suppressBegin: readonly number[]
  /** Whose cross-attention follows the sound: all heads of the decoder's upper half where the files name none. */
  readonly alignmentHeads: readonly (readonly [layer: number, head: number])[]
}

/** The code of a language, by its token; undefined: it is none of the model's. */
export const languageOf = ({ languages }: WhisperSpec, token: number | undefined): string | undefined =>
  Object.keys(languages).find((code) => languages[code] === token)

/** @param vocabulary the folder's own, for those who have read it already */
export function readSpec(
  folder: string,
  { shape }: Pick<WhisperWeights, 'shape'>,
  vocabulary: Vocabulary = readVocabulary(folder),
): WhisperSpec {
  const config = readJson(folder, 'config.json') ?? {}
  const generation = readJson(folder, 'generation_config.json') ?? {}
  const control = controlTokens(folder, shape, vocabulary, config, generation)
  const stated = (...fields: unknown[]): number[] | undefined =>
    fields.map((field) => ids(field, shape)).find((list) => list.length > 0)
  // An empty list is what recipes for fine-tuning leave, not a wish to hear "♪♪♪": it counts as none.
  const symbols =
    stated(config.suppress_ids, generation.suppress_tokens, config.suppress_tokens) ?? nonSpeech(vocabulary)
  const begin =
    stated(config.suppress_ids_begin, generation.begin_suppress_tokens, config.begin_suppress_tokens) ??
    beginSuppressed(vocabulary, control.eot)
  const { eot, sot, sotLm, sotPrev, transcribe, translate, noSpeech } = control
  const suppress = new Set([...symbols, sot, sotLm, sotPrev, transcribe, translate, noSpeech])
  suppress.delete(eot)
  return {
    ...control,
    suppress: [...suppress].sort((a, b) => a - b),
    suppressBegin: begin,
    alignmentHeads: alignmentHeads(config.alignment_heads ?? generation.alignment_heads, shape),
  }
}

/** Lists of Hugging Face may begin with -1, "the usual ones": OpenAI's way to say so. */
function ids(field: unknown, shape: WhisperShape): number[] {
  if (!Array.isArray(field) || field.includes(-1)) return []
  return field.filter((id) => Number.isInteger(id) && id >= 0 && id < shape.vocabulary)
}

function alignmentHeads(field: unknown, shape: WhisperShape): [number, number][] {
  const below = (value: unknown, limit: number): boolean =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < limit
  const stated = (Array.isArray(field) ? field : []).filter(
    (pair) => Array.isArray(pair) && below(pair[0], shape.decoderLayers) && below(pair[1], shape.heads),
  )
  if (stated.length > 0) return stated.map(([layer, head]) => [layer, head])
  const all: [number, number][] = []
  for (let layer = Math.floor(shape.decoderLayers / 2); layer < shape.decoderLayers; layer++)
    for (let head = 0; head < shape.heads; head++) all.push([layer, head])
  return all
}
