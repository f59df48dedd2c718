import { CrossCaches } from './decoding/cross-caches.ts'
import type { Decoder } from './decoding/decode.ts'
import { openSession, type Session, type SessionOptions } from './decoding/sessions.ts'
import type { Tokenizer } from './text/tokenizer.ts'
import type { WhisperSpec } from './weights/spec.ts'
import type { WhisperShape } from './weights/weights.ts'

/** A model in memory. */
export interface WhisperModel {
  spec: WhisperSpec
  tokenizer: Tokenizer
  encoder: Session
  decoder: Decoder
}

export async function openModel(
  graphs: { encoder: string; decoder: string },
  { shape, spec, tokenizer }: { shape: WhisperShape; spec: WhisperSpec; tokenizer: Tokenizer },
  options: Record<'encoder' | 'decoder', SessionOptions>,
): Promise<WhisperModel> {
  const encoder = await openSession(graphs.encoder, options.encoder)
  const session = await openSession(graphs.decoder, options.decoder)
  return { spec, tokenizer, encoder, decoder: { session, spec, shape, caches: new CrossCaches(shape) } }
}
