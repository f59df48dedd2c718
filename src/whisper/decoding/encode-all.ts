import type { WhisperModel } from '../model.ts'
import { POSITION } from '../units.ts'
import { encode, windowLength } from './encode.ts'

/**
 * Encodes sounds into the decoder's caches, one after the other: each is in memory once.
 * @param wide in windows as wide as in training
 * @param times how often each is put there, side by side
 */
export async function encodeAll(
  { encoder, decoder }: Pick<WhisperModel, 'encoder' | 'decoder'>,
  sounds: readonly Float32Array[],
  {
    wide = false,
    times = 1,
    signal,
  }: { wide?: boolean; times?: number; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  decoder.caches.open(
    sounds.flatMap(({ length }) =>
      new Array<number>(times).fill(windowLength(encoder, length, wide) / POSITION),
    ),
  )
  for (const [at, sound] of sounds.entries()) {
    signal?.throwIfAborted()
    const encoded = await encode(encoder, sound, wide)
    for (let time = 0; time < times; time++) decoder.caches.put(at * times + time, encoded)
  }
}
