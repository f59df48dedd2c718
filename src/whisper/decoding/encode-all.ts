import type { WhisperModel } from '../model.ts'
import { POSITION } from '../units.ts'
import { encode, windowLength } from './encode.ts'

/**
 * Encodes sounds into the decoder's caches, one after the other: each is in memory once.
 * @param wide in windows as wide as in training
 */
export async function encodeAll(
  { encoder, decoder }: Pick<WhisperModel, 'encoder' | 'decoder'>,
  sounds: readonly Float32Array[],
  { wide = false, signal }: { wide?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  decoder.caches.open(sounds.map(({ length }) => windowLength(encoder, length, wide) / POSITION))
  for (const [at, sound] of sounds.entries()) {
    signal?.throwIfAborted()
    decoder.caches.put(at, await encode(encoder, sound, wide))
  }
}
