import { OnnxGraph } from '../onnx/graph.ts'
import { shortenCaches } from './caches.ts'
import { narrowEmbedding } from './projection.ts'
import type { DecoderShape } from './recording.ts'
import { makeSelfContained } from './self-contained.ts'
import type { WhisperTokens } from './whisper-tokens.ts'

/** What may be done to a model, in this order. Only `embedding` touches its numbers. */
export type Step = 'caches' | 'embedding' | 'self-contained'

/** What was done, and the files in pieces. */
export interface Rewritten {
  steps: Step[]
  decoder: Buffer[]
  /** Where it is self-contained: the two go together. */
  encoder?: Buffer[]
}

export interface WhisperModel {
  decoder: Buffer
  /** Needed to make it self-contained. */
  encoder?: Buffer
  shape: DecoderShape
  tokens: WhisperTokens
}

/**
 * Does those of the steps that a model allows.
 * @returns undefined where there are none
 * @throws NotAMessage
 */
export function rewriteModel(model: WhisperModel, wanted: readonly Step[]): Rewritten | undefined {
  const decoder = new OnnxGraph(model.decoder)
  if (!decoder.isPlain) return undefined
  decoder.prune()
  const encoder = model.encoder && new OnnxGraph(model.encoder)
  const done = new Set<Step>()
  const does: Record<Step, () => boolean> = {
    caches: () => shortenCaches(decoder),
    embedding: () => narrowEmbedding(decoder),
    'self-contained': () =>
      done.has('caches') &&
      encoder?.isPlain === true &&
      makeSelfContained(encoder, decoder, model.shape, model.tokens),
  }
  for (const step of wanted) if (does[step]()) done.add(step)
  if (done.size === 0) return undefined
  decoder.prune()
  const turned = done.has('self-contained') ? encoder?.write() : undefined
  return { steps: [...done], decoder: decoder.write(), ...(turned && { encoder: turned }) }
}
