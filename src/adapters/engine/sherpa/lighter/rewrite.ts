import { OnnxGraph } from '../onnx/graph.ts'
import { shortenCaches } from './caches.ts'
import { narrowEmbedding } from './projection.ts'
import { type DecoderShape, readInPlace } from './recording.ts'

/** What may be done to a model. Only `embedding` touches its numbers. */
export type Step = 'caches' | 'embedding' | 'recording'

/** What was done, and the files in pieces. */
export interface Rewritten {
  steps: Step[]
  decoder: Buffer[]
  /** Where `recording` was done: the two go together. */
  encoder?: Buffer[]
}

/**
 * Does those of the steps that a model allows.
 * @param encoder without it, there is no `recording`
 * @returns undefined where there are none
 * @throws NotAMessage
 */
export function rewriteModel(
  files: { decoder: Buffer; encoder?: Buffer },
  shape: DecoderShape,
  wanted: readonly Step[],
): Rewritten | undefined {
  const decoder = new OnnxGraph(files.decoder)
  if (!decoder.isPlain) return undefined
  decoder.prune()
  const encoder = files.encoder && new OnnxGraph(files.encoder)
  const does: Record<Step, () => boolean> = {
    caches: () => shortenCaches(decoder),
    embedding: () => narrowEmbedding(decoder),
    recording: () => encoder?.isPlain === true && readInPlace(encoder, decoder, shape),
  }
  const steps = wanted.filter((step) => does[step]())
  if (steps.length === 0) return undefined
  decoder.prune()
  const turned = steps.includes('recording') ? encoder?.write() : undefined
  return { steps, decoder: decoder.write(), ...(turned && { encoder: turned }) }
}
