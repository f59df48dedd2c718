import { withSpeakers } from '../domain/transcripts/speakers.ts'
import type { Diarization } from '../ports/diarizer.ts'
import type { EngineDescription, Recognition } from '../ports/engine.ts'
import { EngineError, SAMPLE_RATE } from '../ports/engine.ts'
import { by, choiceIn, likelihoodOf, modelOf, onlyBy } from './auto.ts'
import { Drained } from './context.ts'
import { decode, decodeWhole } from './decode.ts'
import type { Decoded, DecodeOptions } from './decode-options.ts'
import type { Source } from './ffmpeg.ts'
import type { FileDeps, FileOptions, KnownVoice, TranscribedFile } from './file-work.ts'
import { believed } from './guards/index.ts'
import { inOrder } from './in-order.ts'
import { beginningOf, tellingParts } from './language-only.ts'
import { isShort, LanguageVote } from './language-vote.ts'
import { tooLong } from './media-error.ts'
import { Merging, type RecognisedPart } from './merge.ts'
import { Peaks } from './sound/peaks.ts'
import { plansFor } from './sound/plans.ts'
import { soundReport } from './sound/report.ts'
import { type Part, type PartSpan, splitParts } from './split/index.ts'
import { type HearSound, transcribeChannels } from './transcribe-channels.ts'
import { unlessAborted } from './unless-aborted.ts'

/** @throws MediaError, EngineError, Drained, or the signal's reason */
export async function transcribeFile(
  deps: FileDeps,
  path: string,
  options: FileOptions,
): Promise<TranscribedFile> {
  const probed = deps.probe(path, options.signal)
  const expected = probed.then(({ durationSeconds }) => {
    if (durationSeconds > options.maxSeconds) throw tooLong(options.maxSeconds)
    return durationSeconds
  })
  expected.catch(() => {}) // asked for below, unless something else fails first
  const hear: HearSound = (sound) => recogniseSound(deps, path, { ...sound, probed }, expected)
  if (options.channels !== 'separate') return hear(options)
  await expected
  return (await transcribeChannels(path, await probed, options, hear)) ?? hear(options)
}

export interface GrowingFile {
  /** What is written of it, as it comes. */
  bytes: AsyncIterable<Buffer>
  /** Its path, when it is whole. */
  whole: Promise<string>
  /** How long the recording is said to be, for the progress; 0: unknown. */
  expectedSeconds: number
}

/**
 * The same for a file that is still being written: what it is exactly shows at its end. A container that
 * keeps its index there cannot be read like this.
 * @throws like `transcribeFile`, and what `bytes` throws
 */
export async function transcribeGrowing(
  deps: FileDeps,
  { bytes, whole, expectedSeconds }: GrowingFile,
  options: FileOptions,
): Promise<TranscribedFile> {
  const probed = whole.then((path) => deps.probe(path, options.signal))
  probed.catch(() => {}) // asked for at the end, unless something else fails first
  const probedLast = () => probed
  return recogniseSound(
    deps,
    bytes,
    { ...options, probedLast, early: true },
    Promise.resolve(expectedSeconds),
  )
}

type SoundOptions = FileOptions &
  Pick<DecodeOptions, 'probed' | 'probedLast' | 'mix'> & {
    /**
     * The sound comes slowly: the first text should not wait for a whole part of it. A file is there at once, and an
     * engine that takes many parts together hears short ones worse (7.9 % of words wrong in noise against 7.0).
     */
    early?: boolean
  }

async function recogniseSound(
  deps: FileDeps,
  source: Source,
  options: SoundOptions,
  expected: Promise<number>,
): Promise<TranscribedFile> {
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const known = deps.voices ? (options.knownVoices ?? []) : []
  const voices = deps.voices?.open(await Promise.all(known.map((voice) => voiceIn(voice, signal))))
  const peaks = new Peaks()
  let decoded: Decoded | undefined
  const onEnd = (all: Decoded): void => {
    decoded = all
  }
  try {
    const { probed, probedLast } = options
    const heard = listenedTo(drawn(soundIn(source, options, signal, onEnd), peaks), voices, signal)
    const { taken, sound } = await modelOf(deps, heard, { ...options, signal })
    const expectedSeconds = await expected
    const parts = partsOf(deps, sound, taken.description, options, expectedSeconds)
    const languages = new LanguageVote()
    const merging = new Merging(languages)
    const merge = inOrder<RecognisedPart>((part) => merging.add(part))
    const recognise = async (part: Sound, earlier: Promise<void>): Promise<Recognition> => ({
      ...(await inItsLanguage(by(taken, deps), languages, part, earlier, signal)),
      ...choiceIn(taken, deps),
    })
    const stored = options.known && onlyBy(taken, deps, options.known)
    let heardSeconds = 0
    const onHeard = async (seconds: number): Promise<void> => {
      await options.onLength?.(seconds)
      heardSeconds = seconds
    }
    const telling = options.languageOnly ? tellingParts(parts, onHeard) : parts
    await recogniseAll(
      { ...deps, recognise },
      telling,
      expectedSeconds,
      { ...options, known: stored, signal },
      merge,
    )
    const turns = voices ? await unlessAborted(voices.end(), signal) : []
    // A file that grows is not waited for where its beginning was enough.
    const file = await (probed ?? (options.languageOnly ? undefined : probedLast?.()))
    const track = file ? plansFor(file, options)[0]!.track : 1
    const beginning: Decoded = { seconds: heardSeconds, missing: [], cutOff: [], track }
    const heardOf = options.languageOnly ? beginning : decoded
    if (!heardOf) throw new Error('the sound was not decoded to its end')
    const transcript = merging.end(heardOf.seconds)
    const names = known.map(({ name }) => name)
    return {
      transcript: { ...transcript, segments: withSpeakers(transcript.segments, turns, names) },
      models: [taken.description],
      durationSeconds: heardOf.seconds,
      languageShare: likelihoodOf(taken) ?? languages.leader()?.share ?? null,
      sound: soundReport(heardOf, file?.tracks ?? []),
      waveform: peaks.file(),
    }
  } finally {
    voices?.close()
    // Ends ffmpeg and what is still at the engine, whichever way we leave.
    stop.abort(new Error('left'))
  }
}

/** The sound of a track, decoded, and paid for as it comes. */
function soundIn(
  source: Source,
  { probed, probedLast, track, language, maxSeconds, mix, onLength, languageOnly }: SoundOptions,
  signal: AbortSignal,
  onEnd: (all: Decoded) => void,
): AsyncIterable<Int16Array> {
  const pcm = decode(source, {
    ...{ signal, maxSeconds, onEnd },
    ...(probed && { probed }),
    ...(probedLast && { probedLast }),
    ...{ track, language },
    ...(mix && { mix }),
  })
  if (languageOnly) return beginningOf(pcm)
  return onLength ? measured(pcm, onLength) : pcm
}

/** Cut as the model wants it. */
function partsOf(
  { engine, detector }: Pick<FileDeps, 'engine' | 'detector'>,
  sound: AsyncIterable<Int16Array>,
  { splitter, maxPartSeconds, targetPartSeconds, longestPauseSeconds }: EngineDescription,
  { early = false, vad }: SoundOptions,
  expectedSeconds: number,
): AsyncGenerator<Part> {
  return splitParts(sound, {
    splitter,
    detector,
    maxPartSeconds,
    targetSeconds: targetPartSeconds,
    early: early || targetPartSeconds === undefined,
    longestPauseSeconds,
    sharedSeconds: idleSlots(engine) > 1 ? expectedSeconds : undefined,
    vad,
  })
}

/** More of a voice says no more. Seconds. */
const LONGEST_VOICE = 60

const voiceIn = ({ path }: KnownVoice, signal: AbortSignal): Promise<Int16Array> =>
  decodeWhole(path, { signal, maxSeconds: LONGEST_VOICE })

const idleSlots = (engine: FileDeps['engine']): number =>
  engine.slotStates().filter(({ state }) => state === 'idle').length

async function* measured(
  pcm: AsyncIterable<Int16Array>,
  onLength: (seconds: number) => Promise<void>,
): AsyncGenerator<Int16Array> {
  let samples = 0
  for await (const chunk of pcm) {
    samples += chunk.length
    await onLength(samples / SAMPLE_RATE)
    yield chunk
  }
}

/** The sound as it passes, with its peaks noted. */
async function* drawn(pcm: AsyncIterable<Int16Array>, peaks: Peaks): AsyncGenerator<Int16Array> {
  for await (const chunk of pcm) {
    peaks.add(chunk)
    yield chunk
  }
}

/** The sound as it passes, told to who tells the speakers apart. */
async function* listenedTo(
  pcm: AsyncIterable<Int16Array>,
  voices: Diarization | undefined,
  signal: AbortSignal,
): AsyncGenerator<Int16Array> {
  if (!voices) return yield* pcm
  for await (const chunk of pcm) {
    await unlessAborted(voices.push(chunk), signal)
    yield chunk
  }
}

type Sound = Pick<Part, 'pcm' | 'speech'>

/**
 * A short part that is taken for another language than all before it is heard again in theirs.
 * @param earlier ends when those before it are merged: the engine may have been given all of them together
 */
async function inItsLanguage(
  deps: Pick<FileDeps, 'recognise'>,
  languages: LanguageVote,
  { pcm, speech }: Sound,
  earlier: Promise<void>,
  signal: AbortSignal,
): Promise<Recognition> {
  const seconds = pcm.length / SAMPLE_RATE
  const result = await deps.recognise(pcm, signal, { speech })
  if (result.language && isShort(seconds)) await earlier
  const language = result.language && languages.rather(result.language, seconds)
  return believed(language ? await deps.recognise(pcm, signal, { speech, language }) : result, seconds)
}

/** A part that ends its engine is worth a look: which it is can be heard in the recording. */
function withSeconds(cause: unknown, { start, end }: PartSpan): unknown {
  if (!(cause instanceof EngineError) || (cause.code !== 'crashed' && cause.code !== 'hung')) return cause
  const [from, to] = [start, end].map((at) => Math.round(at / SAMPLE_RATE))
  return new EngineError(cause.code, `${cause.message}, at the seconds ${from} to ${to}`, {
    cause: cause.cause,
  })
}

async function recogniseAll(
  deps: Pick<FileDeps, 'engine'> & { recognise(part: Sound, earlier: Promise<void>): Promise<Recognition> },
  parts: AsyncIterable<Part>,
  durationSeconds: number,
  options: FileOptions,
  done: (part: RecognisedPart) => void,
): Promise<void> {
  const { signal, draining } = options
  const inFlight = new Set<Promise<void>>()
  let failure: { cause: unknown } | undefined
  let heard = 0
  let earlier = Promise.resolve()

  const one = async ({ pcm, speech, ...part }: Part, earlier: Promise<void>): Promise<void> => {
    const known = await options.known?.(part)
    const heardNow = (): Promise<Recognition> =>
      deps.recognise({ pcm, speech }, earlier).catch((cause: unknown) => {
        throw withSeconds(cause, part)
      })
    const result = known ?? (await heardNow())
    done({ ...part, result })
    heard += part.to - part.from
    const fraction =
      durationSeconds > 0 ? Math.min(1, Math.max(heard, part.to) / SAMPLE_RATE / durationSeconds) : 1
    if (!known) await options.onPart?.(part, result, fraction)
  }

  for await (const part of parts) {
    if (failure || draining?.aborted) break
    const running: Promise<void> = one(part, earlier)
      .catch((cause: unknown) => {
        failure ??= { cause }
      })
      .finally(() => inFlight.delete(running))
    inFlight.add(running)
    earlier = Promise.all([earlier, running]).then(() => {})
    // As many wait as are being recognised: the next batch is at hand when a slot becomes free.
    if (inFlight.size >= 2 * deps.engine.places) await Promise.race(inFlight)
  }
  await Promise.all(inFlight)
  signal.throwIfAborted()
  if (failure) throw failure.cause
  if (draining?.aborted) throw new Drained()
}
