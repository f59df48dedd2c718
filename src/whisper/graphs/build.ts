/** Writes the graphs of a folder of weights: once, into a folder of their own. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WhisperSpec } from '../weights/spec.ts'
import type { WhisperWeights } from '../weights/weights.ts'
import { decoderGraph } from './decoder.ts'
import { encoderGraph } from './encoder.ts'
import type { CrossKind, LayerContext } from './layers.ts'
import type { Scheme } from './linear.ts'
import { GraphBuilder } from './onnx.ts'
import { TensorFile } from './tensors.ts'

/**
 * The encoder is mixed: what comes out of a layer's Gelu has a few large values, which one scale for the whole tensor
 * rounds away. With a scale for each row, the encoder's error is half as large (0.188 → 0.110 on one recording, 0.143 →
 * 0.080 on another) for 10 % more of its time; in blocks the error is the same and a third of the time is theirs.
 *
 * A scale for each row everywhere would bring the error from 0.078 to about 0.05, and 3 % fewer wrong words in noise (431
 * instead of 448 with weights of 8 bits; floats 432), but none elsewhere, for 7 % of the encoder's time without VNNI, and
 * far more with it.
 *
 * In the decoder each row is rounded by itself: its rows are other parts, perhaps of other people's recordings, and what
 * is heard in one must not depend on the others.
 */
const BY_ROWS = /ffn\/linear_1$/
export const encoderScheme = (name: string): Scheme => (BY_ROWS.test(name) ? 'rows' : 'whole')

export interface Schemes {
  encoder(name: string): Scheme
  decoder(name: string): Scheme
  cross: CrossKind
}

/**
 * What is computed on a graphics card, most of which do not multiply in 8 bits: nothing; the encoder; or both.
 *
 * A decoder's step is a hundred small products, one after the other. Where each is sent to the card by itself, as with
 * WebGPU, they take 40 times as long as on the CPU (tiny.en on an H100: 8.5 s for a minute of speech against 0.2).
 */
export type OnCard = 'nothing' | 'encoder' | 'both'

export const SCHEMES: Readonly<Record<OnCard, Schemes>> = {
  nothing: { encoder: encoderScheme, decoder: () => 'blocks', cross: 'bytes' },
  encoder: { encoder: () => 'float', decoder: () => 'blocks', cross: 'bytes' },
  both: { encoder: () => 'float', decoder: () => 'float', cross: 'states' },
}

export interface GraphFiles {
  encoder: string
  decoder: string
}

export function writeGraphs(
  weights: WhisperWeights,
  spec: WhisperSpec,
  folder: string,
  schemes: Schemes = SCHEMES.nothing,
): GraphFiles {
  const write = (name: string, schemeOf: (name: string) => Scheme, make: (c: LayerContext) => Buffer) => {
    const tensors = new TensorFile(join(folder, `${name}.bin`))
    try {
      const model = make({
        graph: new GraphBuilder(tensors),
        weights,
        schemeOf,
        cross: schemes.cross,
      })
      writeFileSync(join(folder, `${name}.onnx`), model)
    } finally {
      tensors.close()
    }
    return join(folder, `${name}.onnx`)
  }
  return {
    encoder: write('encoder', schemes.encoder, encoderGraph),
    decoder: write('decoder', schemes.decoder, (context) => decoderGraph(context, spec)),
  }
}
