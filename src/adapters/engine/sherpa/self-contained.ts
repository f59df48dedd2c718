import type { OfflineRecognizerResult } from 'sherpa-onnx-node'
import { FRAME } from './lighter/features.ts'
import { HEADER, HEADER_LENGTH, readWhisperTokens, type WhisperTokens } from './lighter/whisper-tokens.ts'
import type { ModelFolder } from './model-folder.ts'
import { readOnnxMetadata } from './onnx/metadata.ts'
import { TOKENS_PER_SECOND, type WhisperSettings } from './whisper.ts'

/** A Whisper model made self-contained (`lighter/self-contained.ts`): what goes in, and what comes out. */
export interface SelfContained {
  /** The samples as its encoder takes them: a header, and frames that begin and end with the sound. */
  part(samples: Float32Array, settings: WhisperSettings): Float32Array
  /** What sherpa-onnx's Whisper recogniser would have answered. */
  result(answer: OfflineRecognizerResult, settings: WhisperSettings): OfflineRecognizerResult
}

export const isSelfContained = ({ manifest, files }: ModelFolder): boolean =>
  manifest.family === 'whisper' && files.mergedDecoder !== undefined

export function selfContained({ files }: ModelFolder): SelfContained {
  const known = readWhisperTokens(readOnnxMetadata(files.encoder!))
  return {
    part: (samples, settings) => withHeader(known, framed(samples), settings),
    result: (answer, { language }) => understood(answer, language),
  }
}

const FRAMES_PER_SECOND = 100
/** Whisper's window, 30 s. */
const MOST_FRAMES = 3000

interface Framed {
  frames: number
  samples: Float32Array
}

/** As Kaldi does without `snip_edges`: frames around the middle of each 10 ms, the sound mirrored at both ends. */
function framed(sound: Float32Array): Framed {
  const frames = Math.floor((sound.length + FRAME.shift / 2) / FRAME.shift)
  const before = FRAME.length / 2 - FRAME.shift / 2
  const samples = new Float32Array((frames - 1) * FRAME.shift + FRAME.length)
  samples.set(sound.subarray(0, samples.length - before), before)
  for (let i = 0; i < before; i++) samples[i] = sound[before - 1 - i]!
  for (let i = before + sound.length; i < samples.length; i++)
    samples[i] = sound[2 * sound.length - 1 - (i - before)]!
  return { frames, samples }
}

function withHeader(
  known: WhisperTokens,
  { frames, samples }: Framed,
  settings: WhisperSettings,
): Float32Array {
  const { language, task, tailPaddings } = settings
  const given = known.languages.find(({ code }) => code === language)
  const detects = known.languages.length > 0 && !given
  const prompt = given ? [known.start, given.token, known.tasks[task]] : [known.start]
  const limit = Math.min(
    Math.floor((frames / FRAMES_PER_SECOND) * TOKENS_PER_SECOND),
    Math.floor(known.longest / 2),
  )
  const part = new Float32Array(HEADER_LENGTH + samples.length)
  part[HEADER.detects] = Number(detects)
  part[HEADER.task] = known.tasks[task]
  part[HEADER.limit] = limit
  part[HEADER.silence] = Math.min(tailPaddings, Math.max(0, MOST_FRAMES - frames))
  part[HEADER.promptLength] = prompt.length
  part.set(prompt, HEADER.prompt)
  part.set(samples, HEADER_LENGTH)
  return part
}

const SPECIAL = /^<\|.*\|>$/
const TIME = /<\|(\d+\.\d\d)\|>/

function understood(answer: OfflineRecognizerResult, given: string): OfflineRecognizerResult {
  // A text begins with a time, if only to end at once. sherpa-onnx answers so to what onnxruntime refused.
  if (answer.tokens.length === 0) throw new Error('sherpa-onnx could not decode the part')
  const [, detected = '', said = ''] = /^(?:<\|([a-z]+)\|>)?(.*)$/s.exec(answer.text) ?? []
  const [, ...timed] = said.split(TIME)
  const segments = { starts: [] as number[], durations: [] as number[], texts: [] as string[] }
  for (let i = 0; i < timed.length; i += 2) {
    const text = timed[i + 1]!
    if (text === '') continue
    const start = Number(timed[i])
    segments.starts.push(start)
    segments.durations.push(Number(timed[i + 2] ?? Number.POSITIVE_INFINITY) - start)
    segments.texts.push(text)
  }
  return {
    ...answer,
    text: segments.texts.join(''),
    tokens: answer.tokens.filter((token) => !SPECIAL.test(token)),
    lang: detected || given,
    segment_timestamps: segments.starts,
    segment_durations: segments.durations,
    segment_texts: segments.texts,
  }
}
