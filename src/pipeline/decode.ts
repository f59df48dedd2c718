import { setImmediate as turn } from 'node:timers/promises'
import { SAMPLE_RATE } from '../ports/engine.ts'
import type { MediaError, ProbedFile } from '../ports/prober.ts'
import type { DecodeOptions } from './decode-options.ts'
import { isGrowing, type LocalFile, type Source } from './ffmpeg.ts'
import { type Recording, recordingsIn } from './joined/index.ts'
import { soundOfJoined } from './joined/sound.ts'
import { mediaError, tooLong } from './media-error.ts'
import type { Block } from './sound/blocks.ts'
import { Chunks } from './sound/chunks.ts'
import { scaleOf } from './sound/float-scale.ts'
import { findHoles, type Holes } from './sound/holes.ts'
import { Listening, STALL_MS } from './sound/listening.ts'
import { mend } from './sound/mend.ts'
import type { Mended } from './sound/mended.ts'
import { Mixer } from './sound/mixer.ts'
import {
  FIRST_SOUND,
  LONGEST_GAP_WITH_PICTURE,
  type Plan,
  plansFor,
  sameSound,
  type TrackWish,
} from './sound/plans.ts'
import { blocksOf, type Ended } from './sound/relaid.ts'
import { type Span, Timeline } from './sound/timeline.ts'
import { fault, isDamaged, missingSpans, type Outcome } from './sound/verdict.ts'

/** Milliseconds: frames are longer. */
const GAP_MS = 10
/** Seconds: less of a lost end is not worth a warning. */
const NOTICED = 0.25
/** An amplitude that nobody hears, and that a codec may make of digital silence. */
const INAUDIBLE = 8

/**
 * The sound of a recording as PCM (see `SAMPLE_RATE`), sample k being the media's second k / 16000 as a player
 * counts: sound that starts late or has gaps in its timestamps is filled with silence. One ffmpeg process,
 * which begins at once, waits while the reader is busy, and ends when the reader stops or at the signal.
 * @throws MediaError; ToolMissing; the signal's reason when aborted; what `probed` rejects with
 */
export function decode(source: Source, options: DecodeOptions = {}): AsyncGenerator<Int16Array> {
  const early = options.signal?.aborted ? undefined : new Listening(source, FIRST_SOUND, options)
  return typeof source === 'string' ? soundIn(source, options, early) : soundOf(source, options, early)
}

/** Of the recordings in a file. */
async function* soundIn(
  path: string,
  options: DecodeOptions,
  early: Listening | undefined,
): AsyncGenerator<Int16Array> {
  const recordings = await recordingsIn(path).catch((error: unknown) => {
    early?.end()
    throw error
  })
  const [{ from, cut }] = recordings as [Recording]
  if (recordings.length === 1 && from === 0) return yield* soundOf(path, { cut, ...options }, early)
  early?.end()
  if (recordings.length === 1) return yield* soundOf(recordings[0]!, { cut, ...options }, undefined)
  yield* soundOfJoined(recordings, options, decode)
}

async function* soundOf(
  source: Source,
  options: DecodeOptions,
  early: Listening | undefined,
): AsyncGenerator<Int16Array> {
  options.signal?.throwIfAborted()
  let listening = early ?? new Listening(source, FIRST_SOUND, options)
  try {
    const probed = await options.probed
    options.signal?.throwIfAborted()
    const tries: Try[] = []
    const mended = isGrowing(source) ? undefined : await mend(source)
    const scale = isGrowing(source) ? 1 : await scaleOf(source)
    const plans = plansOf(probed, options)
      .map((plan) => ({ ...plan, scale }))
      .map((plan) => (mended ? planOfMended(plan, mended) : plan))
    for (const plan of plans) {
      if (mended || tries.length > 0 || !sameSound(plan, FIRST_SOUND, probed?.firstAudio ?? undefined)) {
        listening.end()
        listening = mended
          ? new Listening(mended.bytes(), plan, { stallMs: STALL_MS, ...options })
          : new Listening(source, plan, options)
      }
      const blocks = blocksOf(listening, source, plan, options)
      const one = yield* listen(blocks, plan, options, {
        choosing: plans.length > 1,
        lost: mended && lostIn(mended, plan.stream ?? probed?.firstAudio ?? 0),
        holes: holesOf(listening, source, plan, options, probed),
      })
      tries.push(one)
      if (one.given) break
    }
    yield* finish(tries, options)
  } finally {
    listening.end()
  }
}

/** All of a short recording at once. @throws like `decode` */
export async function decodeWhole(source: Source, options: DecodeOptions = {}): Promise<Int16Array> {
  const chunks: Int16Array[] = []
  for await (const chunk of decode(source, options)) chunks.push(chunk)
  const all = new Int16Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** @throws MediaError `no_audio`, `no_such_track` */
function plansOf(probed: ProbedFile | undefined, wish: TrackWish): Plan[] {
  if (!probed) return [FIRST_SOUND]
  const plans = plansFor(probed, wish)
  if (plans.length === 0) throw mediaError(probed.tracks.length > 0 ? 'no_such_track' : 'no_audio')
  return plans
}

/** The times of a mended file are right, however much is missing between two of them. */
const planOfMended = (plan: Plan, { before = 0 }: Mended): Plan => ({
  ...plan,
  pause: Math.max(plan.pause, before),
  longestGap: LONGEST_GAP_WITH_PICTURE,
})

const lostIn =
  ({ silenced, before = 0, end = 0 }: Mended, stream: number) =>
  (seconds: number): Span[] => [
    ...(before > 0 ? [{ start: 0, end: before }] : []),
    ...silenced(stream),
    ...(end > seconds + NOTICED ? [{ start: seconds, end }] : []),
  ]

/** What came of one track. */
interface Try {
  plan: Plan
  outcome: Outcome
  failure: MediaError | undefined
  /** False: it is silent, or cannot be decoded, and nothing of it was given. */
  given: boolean
}

/** What is missing in a file without times, once it shows that something is. Asked for before each block. */
function holesOf(
  listening: Listening,
  source: Source,
  { counted, stream, track }: Plan,
  { signal }: DecodeOptions,
  probed: ProbedFile | undefined,
): (block: Block) => Promise<Holes | undefined> {
  let looked = !counted || isGrowing(source)
  let end = 0
  return async ({ at, samples, channels }) => {
    if (looked) return undefined
    // What ffmpeg said of the gap before it wrote this has been read two turns later: in the first the other pipe
    // may have had its turn already.
    if (at - end > GAP_MS) await turn().then(() => turn())
    end = at + (samples.length * 1000) / channels / SAMPLE_RATE
    if (!isDamaged(listening.complaints())) return undefined
    looked = true
    return findHoles(source as LocalFile, { stream, codec: probed?.tracks[track - 1]?.codec }, signal)
  }
}

interface ListenOptions {
  /** Begins to give where there is sound: of a track that is silent to its end, nothing. */
  choosing: boolean
  /** Of a mended file: what is missing of it, by how long it is. */
  lost: ((seconds: number) => Span[]) | undefined
  holes(block: Block): Promise<Holes | undefined>
}

async function* listen(
  blocks: AsyncGenerator<Block, Ended>,
  plan: Plan,
  options: DecodeOptions,
  { choosing, lost, holes }: ListenOptions,
): AsyncGenerator<Int16Array, Try> {
  const { maxSeconds = Number.POSITIVE_INFINITY, probedLast, mix = mixing() } = options
  const timeline = new Timeline(plan)
  const chunks = new Chunks()
  let given = !choosing
  let held = 0
  let last: Ended | undefined
  for await (const block of noting(blocks, (ended) => (last = ended))) {
    const missing = await holes(block)
    if (missing) timeline.holes = missing
    for (const piece of timeline.place(mix(block.samples, block.channels), block.at)) {
      if (!given && isAudible(piece)) {
        given = true
        yield* chunks.silence(held)
      }
      if (given) yield* chunks.add(piece)
      else held += piece.length
    }
    if (timeline.seconds > maxSeconds) throw tooLong(maxSeconds)
  }
  const declared = probedLast ? async () => (await probedLast()).declared : async () => plan.declared
  const ended = { ...last!, declared: await declared() }
  const outcome = {
    ...ended,
    seconds: timeline.seconds,
    gaps: timeline.gaps,
    counted: plan.counted,
    silenced: lost?.(timeline.seconds),
    cut: options.cut ?? false,
  }
  const code = fault(outcome)
  const failure = code ? mediaError(code) : undefined
  if (given && failure) throw failure
  if (given) yield* chunks.rest()
  return { plan, outcome, failure, given }
}

/** The same, and tells what the generator returned. */
async function* noting<T, R>(source: AsyncGenerator<T, R>, note: (result: R) => void): AsyncGenerator<T> {
  note(yield* source)
}

function mixing(): NonNullable<DecodeOptions['mix']> {
  let mixer: Mixer | undefined
  return (samples, channels) => {
    mixer ??= new Mixer(channels)
    return mixer.mix(samples)
  }
}

/** Where no track has sound: the silence of the first that can be decoded. */
function* finish(tries: readonly Try[], { onEnd }: DecodeOptions): Generator<Int16Array> {
  const last = tries.at(-1)!
  const { plan, outcome, failure, given } = last.given ? last : (tries.find((t) => !t.failure) ?? tries[0]!)
  if (failure) throw failure
  if (!given) {
    const chunks = new Chunks()
    yield* chunks.silence(Math.round(outcome.seconds * SAMPLE_RATE))
    yield* chunks.rest()
  }
  const seconds = unpadded(outcome)
  onEnd?.({
    seconds,
    missing: missingSpans(outcome),
    cutOff: outcome.cut ? [seconds] : [],
    track: plan.track,
  })
}

/** Seconds: the longest frame of the usual codecs, and what their encoders put before the first. */
const PADDING = 0.1

/** A recording of a minute is not to cost two for 20 ms that nobody recorded. */
function unpadded({ seconds, declared }: Outcome): number {
  if (declared === null || seconds < declared.seconds || seconds > declared.seconds + PADDING) return seconds
  return declared.seconds
}

const isAudible = (pcm: Int16Array): boolean => pcm.some((sample) => Math.abs(sample) > INAUDIBLE)
