import { CrossCaches } from './decoding/cross-caches.ts'
import type { Decoder } from './decoding/decoder.ts'
import type { Encoder } from './decoding/encode.ts'
import { openSession } from './decoding/sessions.ts'
import type { OnCard } from './graphs/build.ts'
import type { Tokenizer } from './text/tokenizer.ts'
import { POSITION, SAMPLE_RATE } from './units.ts'
import type { WhisperSpec } from './weights/spec.ts'
import type { WhisperShape } from './weights/weights.ts'

/** A model in memory. */
export interface WhisperModel {
  spec: WhisperSpec
  tokenizer: Tokenizer
  encoder: Encoder
  decoder: Decoder
}

export interface Place {
  threads: number
  /** The graphics card's name as an execution provider of ONNX Runtime. */
  card?: string | undefined
  /** What it computes: as the graphs were written. Default: nothing. */
  onCard?: OnCard
}

/**
 * Samples that windows are whole numbers of. A card prepares itself for each new length, so there it meets at most
 * fifteen: on an H200 with CUDA, 751 s of speech in base took the encoder 0.76 s instead of 1.49.
 */
const windowUnit = (onCard: OnCard): number => (onCard === 'nothing' ? POSITION : 2 * SAMPLE_RATE)

/**
 * Steps of one call of the decoder. On the CPU they make no difference between 8 and 224. A card is sent the encoder's
 * states and the caches at each call: with 48 steps instead of 16, 0.85 s instead of 1.19 (as above). More take room away
 * from long prompts.
 */
const stepsOfACall = (onCard: OnCard): number => (onCard === 'both' ? 32 : 16)

/** What the decoder attends to may take so much memory in a batch, bytes. What several texts have said takes twice as much. */
const MOST_OF_A_BATCH = 150e6
/** Fewer would cost a large model time: to read its weights takes longer than to compute with them. */
const FEWEST_POSITIONS = 5000

/**
 * Positions of the encoder, 20 ms each, that a batch may have in all. Eighteen thousand in place of twelve take no less time
 * on the CPU (base, 462 s of Spanish: 37.8 against 36.1 s of processor time) and 120 MB more memory. A card has the memory,
 * and more to do at the same time.
 */
function positionsOfABatch(onCard: OnCard, { decoderLayers, width }: WhisperShape): number {
  if (onCard === 'both') return 18_000
  const each = 2 * decoderLayers * width
  return Math.max(FEWEST_POSITIONS, Math.min(12_000, Math.floor(MOST_OF_A_BATCH / each)))
}

export async function openModel(
  graphs: { encoder: string; decoder: string },
  { shape, spec, tokenizer }: { shape: WhisperShape; spec: WhisperSpec; tokenizer: Tokenizer },
  { threads, card, onCard = 'nothing' }: Place,
): Promise<WhisperModel> {
  const here = { threads, providers: ['cpu'] }
  const there = { threads, providers: card ? [card, 'cpu'] : ['cpu'] }
  const encoder = await openSession(graphs.encoder, onCard === 'nothing' ? here : there)
  const decoder = await openSession(graphs.decoder, onCard === 'both' ? there : here)
  return {
    spec,
    tokenizer,
    encoder: { session: encoder, unit: windowUnit(onCard) },
    decoder: {
      session: decoder,
      steps: stepsOfACall(onCard),
      positions: positionsOfABatch(onCard, shape),
      spec,
      shape,
      caches: new CrossCaches(shape),
    },
  }
}
