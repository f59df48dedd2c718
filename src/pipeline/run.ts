import { knownAs, readLanguage } from '../contract/language.ts'
import { tellsSpeakers } from '../contract/wishes.ts'
import { type PricePolicy, price } from '../domain/credits/prices.ts'
import { DomainError } from '../domain/errors.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { modelNamed } from '../domain/transcriptions/model.ts'
import {
  coverLength,
  recordPart,
  reportProgress,
  type StoredSpan,
  storedPart,
  storedSpans,
} from '../domain/transcriptions/progress.ts'
import type { Delivered } from '../domain/transcriptions/settle.ts'
import { wishesOf } from '../domain/transcriptions/wishes.ts'
import { joined } from '../domain/transcripts/join-text.ts'
import { type AudioEvidence, likelyLyrics } from '../domain/transcripts/likely-lyrics.ts'
import { replaced } from '../domain/transcripts/replace.ts'
import type { EngineDescription, Recognition } from '../ports/engine.ts'
import { MediaError } from '../ports/prober.ts'
import { inSpan } from '../ports/tracer.ts'
import { type Acquired, acquire } from './acquire.ts'
import { namedModel } from './auto.ts'
import type { Job, PipelineDeps } from './context.ts'
import { DOWNLOAD_PCT, type Downloaded } from './download.ts'
import type { FileDeps, FileOptions, TranscribedFile } from './file-work.ts'
import { BegunAnew } from './growing-file.ts'
import { knownVoices } from './known-voices.ts'
import { ofThePost } from './media-error.ts'
import { musicIn } from './music.ts'
import type { PartSpan } from './parts.ts'
import { transcribeFile, transcribeGrowing } from './transcribe-file.ts'

/** One transcription from its source to its text, with what the account has written instead of what is heard wrongly. */
export async function runTranscription(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
): Promise<Delivered> {
  const delivered = await heardOf(deps, job, row)
  return { ...delivered, transcript: replaced(delivered.transcript, wishesOf(row).replacements) }
}

/** One transcription from its source to its text, going on where an earlier attempt ended. */
async function heardOf(deps: PipelineDeps, job: Job, row: TranscriptionRow): Promise<Delivered> {
  const source = await inSpan(deps.tracer, 'acquire', { parent: job.traceparent }, () =>
    acquire(deps, job, row),
  )
  if (source.kind === 'captions') return fromCaptions(source)
  try {
    const begin = row.media_id === null ? DOWNLOAD_PCT : 0
    if (source.kind === 'file')
      await reportProgress(deps, job.id, job.token, { stage: 'transcribing', pct: begin })
    const { diarize, channels, track, language, languageOnly, vad, knownSpeakers = [] } = wishesOf(row)
    const work = {
      ...deps,
      ...hearing(deps, job, row),
      voices: tellsSpeakers({ diarize, knownSpeakers }) ? deps.diarizer : undefined,
    }
    const known = await knownVoices(deps, row, knownSpeakers)
    const options = { begin, channels, track, language, languageOnly, vad, knownVoices: known.voices }
    const { transcript, models, durationSeconds, languageShare, sound, waveform } = await transcribeSource(
      deps,
      job,
      row,
      work,
      source,
      options,
    ).finally(known.release)
    const heard = transcript.language ?? row.language
    const spokenLanguage = heard && (readLanguage(heard) ?? heard)
    const detected = row.language === null && models.some(({ languages }) => languages?.length !== 1)
    return {
      transcript: { ...transcript, language: row.task === 'translate' ? 'en' : spokenLanguage },
      sound,
      waveform,
      spokenLanguage,
      languageConfidence: detected ? languageShare : null,
      durationSeconds,
      modelUsed: models.map((each) => each.model).join(', '),
      standIn: models.some((each) => each.standIn),
      likelyLyrics: likelyLyrics(
        transcript,
        await musicOf(deps, job, source, { track: sound.track, durationSeconds }),
      ).likely,
    }
  } catch (error) {
    throw row.link_platform === null ? error : ofThePost(error)
  } finally {
    await source.release()
  }
}

/** Who hears a job's parts, and how: with the model that was asked for, at the job's own place. */
function hearing(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
): Pick<FileDeps, 'engine' | 'auto' | 'recognise'> {
  const {
    mode: _mode,
    diarize: _diarize,
    channels: _channels,
    track: _track,
    languageOnly: _languageOnly,
    vad: _vad,
    knownSpeakers: _knownSpeakers,
    replacements: _replacements,
    ...wishes
  } = wishesOf(row)
  const named = describeModel(deps, wishes.model)
  const { description, auto } = namedModel(named.description, deps.engine.models(), wishes)
  const model = description === named.description ? named.model : description.model
  const asked = wishes.language && (knownAs(wishes.language, description.languages ?? []) ?? wishes.language)
  const stop = AbortSignal.any([job.signal, job.draining])
  return {
    engine: {
      get places() {
        return job.parts.places
      },
      slotStates: () => deps.engine.slotStates(),
      describe: () => description,
    },
    auto,
    async recognise(pcm, signal, { language = asked, ...rest }) {
      await job.place.hear(stop)
      return job.parts.recognise(pcm, { ...wishes, model, language, ...rest }, signal)
    },
  }
}

/** @throws DomainError `model.unknown`: it was removed after the work was accepted */
function describeModel(
  { engine, policy }: PipelineDeps,
  name: string | undefined,
): { model: string | undefined; description: EngineDescription } {
  const all = engine.models()
  const named = modelNamed(
    name,
    all.map(({ model }) => model),
    policy.modelNames,
  )
  if (!named) throw new DomainError('model.unknown', `The model “${name}” is no longer installed.`)
  const found = all.find(({ model }) => model === named.model)
  return { model: named.model, description: found ?? engine.describe() }
}

/** What is known of the sound besides its words. Nothing fails for want of it. */
async function musicOf(
  { music: detector, logger }: PipelineDeps,
  { signal }: Job,
  source: Downloaded,
  heard: { track: number; durationSeconds: number },
): Promise<AudioEvidence> {
  if (!detector) return {}
  try {
    const path = source.kind === 'file' ? source.path : await source.whole
    const music = await musicIn(detector, path, heard, signal)
    return music === undefined ? {} : { music }
  } catch (error) {
    signal.throwIfAborted()
    logger.warn({ err: error }, 'the recording was not listened to for music')
    return {}
  }
}

/** What a codec adds at the end is no sound that anybody pays for. Seconds. */
const PADDING = 0.1

/** Sees to it that no sound is transcribed that is not held for: a header may promise less than there is. */
function paidFor(
  deps: PipelineDeps,
  job: Job,
  { price: policy }: TranscriptionRow,
): (seconds: number) => Promise<void> {
  const costOf = (seconds: number): number => price(JSON.parse(policy) as PricePolicy, seconds - PADDING)
  let held = costOf(0)
  return async (seconds) => {
    const cost = costOf(seconds)
    if (cost <= held) return
    await coverLength(deps, job.id, job.token, seconds - PADDING)
    held = cost
  }
}

/** While it is downloaded, if it is; where its container does not allow that, when the download is whole. */
async function transcribeSource(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
  work: FileDeps,
  source: Downloaded,
  {
    begin,
    ...asked
  }: { begin: number } & Pick<
    FileOptions,
    'channels' | 'track' | 'language' | 'languageOnly' | 'vad' | 'knownVoices'
  >,
): Promise<TranscribedFile> {
  const options = async (): Promise<FileOptions> => {
    const stored = new Map((await storedSpans(deps.db, job.id)).map((span) => [span.idx, span]))
    return {
      signal: job.signal,
      draining: job.draining,
      maxSeconds: deps.policy.maxMediaSeconds,
      ...asked,
      onLength: paidFor(deps, job, row),
      earlier: (from) => firstStored(deps, job, [...stored.keys()], from),
      known: (part) => knownResult(deps, job, stored.get(part.index), part),
      onPart: (part, result, fraction) => store(deps, job, part, result, begin + fraction * (100 - begin)),
    }
  }
  if (source.kind === 'file') return transcribeFile(work, source.path, await options())
  // One channel after the other: the whole file is read twice.
  if (asked.channels === 'separate') return transcribeFile(work, await source.whole, await options())
  try {
    return await transcribeGrowing(work, source, await options())
  } catch (error) {
    if (!(error instanceof MediaError || error instanceof BegunAnew)) throw error
    return transcribeFile(work, await source.whole, await options())
  }
}

/** What people wrote is better than what an engine hears, and costs no time. */
function fromCaptions({
  track,
  segments,
  durationSeconds,
}: Extract<Acquired, { kind: 'captions' }>): Delivered {
  const text = joined(segments.map((s) => s.text))
  const transcript = { text, segments, language: track.language }
  return {
    transcript,
    durationSeconds,
    modelUsed: `captions:${track.kind}`,
    standIn: false,
    likelyLyrics: likelyLyrics(transcript).likely,
    captionsKind: track.kind,
  }
}

async function firstStored(
  { db }: PipelineDeps,
  { id }: Job,
  indexes: readonly number[],
  from: number,
): Promise<Recognition | undefined> {
  const [first] = indexes.filter((index) => index >= from).sort((a, b) => a - b)
  return first === undefined ? undefined : (JSON.parse(await storedPart(db, id, first)) as Recognition)
}

/** A stored result counts only where the splitter cut the very same part again. */
async function knownResult(
  { db }: PipelineDeps,
  { id }: Job,
  stored: StoredSpan | undefined,
  part: PartSpan,
): Promise<Recognition | undefined> {
  const same =
    stored?.start === part.start &&
    stored.end === part.end &&
    stored.from === part.from &&
    stored.to === part.to
  // Read one by one: those of a long recording need not all be in memory.
  return same ? (JSON.parse(await storedPart(db, id, part.index)) as Recognition) : undefined
}

async function store(
  deps: PipelineDeps,
  job: Job,
  part: PartSpan,
  { heardBy, ...result }: Recognition,
  pct: number,
): Promise<void> {
  const { index: idx, start, end, from, to } = part
  const span = { transcription_id: job.id, idx, start, end, from, to }
  await recordPart(
    deps,
    job.token,
    { ...span, result: JSON.stringify(result), heard_by: heardBy ?? null },
    { stage: 'transcribing', pct },
  )
}
