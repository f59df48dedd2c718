/** Looks whether tensors make a Whisper, whole and of one size, before anyone builds on them. */
import { type Tensors, WeightsError, type WhisperShape, type WhisperWeights } from './weights.ts'

/** Far beyond any Whisper (large-v3 has 32): what has more is no model but an attack. */
const MOST_LAYERS = 256

/** @param heads of the encoder and of the decoder, as the file or its configuration says */
export function asWhisper(
  tensors: Tensors,
  heads: { encoder: number; decoder: number },
  path: string,
): WhisperWeights {
  const dims = (name: string, rank: number): readonly number[] => {
    const found = tensors.dims(name)
    if (found?.length !== rank)
      throw new WeightsError(
        `${path} has no ${name} as a Whisper has: it holds another kind of model, or is damaged`,
      )
    return found
  }
  const [width, mels] = dims('encoder/conv1/weight', 3) as [number, number]
  const shape: WhisperShape = {
    encoderLayers: layers(tensors, 'encoder'),
    decoderLayers: layers(tensors, 'decoder'),
    width,
    heads: heads.encoder,
    mels,
    vocabulary: dims('decoder/embeddings/weight', 2)[0]!,
    audioContext: dims('encoder/position_encodings/encodings', 2)[0]!,
    textContext: dims('decoder/position_encodings/encodings', 2)[0]!,
  }
  if (heads.encoder !== heads.decoder || !(heads.encoder >= 1) || width % heads.encoder !== 0)
    throw new WeightsError(
      `${path} says ${heads.encoder} attention heads in the encoder and ${heads.decoder} in the decoder for a width of ${width}: no Whisper has that`,
    )
  for (const [name, wanted] of expected(shape, (name) => dims(name, 2)[0]!)) {
    const found = tensors.dims(name)
    if (found?.length !== wanted.length || !found.every((dim, i) => dim === wanted[i] && dim > 0))
      throw new WeightsError(
        `${path} has ${found ? `${name} of ${found.join(' × ')}` : `no ${name}`} where a Whisper has ${wanted.join(' × ')}: it is damaged, or another kind of model`,
      )
  }
  return { shape, dims: tensors.dims, read: tensors.read, close: tensors.close }
}

function layers(tensors: Tensors, part: 'encoder' | 'decoder'): number {
  let count = 0
  while (count < MOST_LAYERS && tensors.dims(`${part}/layer_${count}/ffn/linear_0/weight`)) count++
  return count
}

type Named = [name: string, dims: number[]]

/** Every tensor of a Whisper of this shape. */
function* expected(shape: WhisperShape, rows: (name: string) => number): Generator<Named> {
  const { width: D } = shape
  yield* linear('encoder/conv1', [D, shape.mels, 3])
  yield* linear('encoder/conv2', [D, D, 3])
  for (const [part, context, count] of [
    ['encoder', shape.audioContext, Math.max(shape.encoderLayers, 1)],
    ['decoder', shape.textContext, Math.max(shape.decoderLayers, 1)],
  ] as const) {
    yield [`${part}/position_encodings/encodings`, [context, D]]
    yield* norm(`${part}/layer_norm`, D)
    for (let i = 0; i < count; i++) {
      const layer = `${part}/layer_${i}`
      yield* norm(`${layer}/self_attention/layer_norm`, D)
      yield* linear(`${layer}/self_attention/linear_0`, [3 * D, D])
      yield* linear(`${layer}/self_attention/linear_1`, [D, D])
      if (part === 'decoder') {
        yield* norm(`${layer}/attention/layer_norm`, D)
        yield* linear(`${layer}/attention/linear_0`, [D, D])
        yield* linear(`${layer}/attention/linear_1`, [2 * D, D])
        yield* linear(`${layer}/attention/linear_2`, [D, D])
      }
      const inner = rows(`${layer}/ffn/linear_0/weight`)
      yield* norm(`${layer}/ffn/layer_norm`, D)
      yield* linear(`${layer}/ffn/linear_0`, [inner, D])
      yield* linear(`${layer}/ffn/linear_1`, [D, inner])
    }
  }
  yield ['decoder/embeddings/weight', [shape.vocabulary, D]]
}

function* linear(name: string, dims: number[]): Generator<Named> {
  yield [`${name}/weight`, dims]
  yield [`${name}/bias`, dims.slice(0, 1)]
}

function* norm(name: string, width: number): Generator<Named> {
  yield [`${name}/gamma`, [width]]
  yield [`${name}/beta`, [width]]
}
