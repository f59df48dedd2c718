import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OfflineRecognizer, OfflineRecognizerConfig, OfflineRecognizerResult } from 'sherpa-onnx-node'
import sherpa from 'sherpa-onnx-node'
import { type RecogniseOptions, type Recognition, SAMPLE_RATE } from '../../../ports/engine.ts'
import { toFloats } from '../../samples.ts'
import type { Recognise } from '../supervision/serve-host.ts'
import { punctuates } from './families.ts'
import { type HotwordModel, hotwordModel, hotwordsIn } from './hotwords.ts'
import type { ModelFolder } from './model-folder.ts'
import { loadPunctuation } from './punctuation.ts'
import { wordsFromTokens } from './words.ts'

export interface SherpaConfig {
  folder: ModelFolder
  threads: number
  /** A model that writes punctuation, for one that does not. */
  punctuation?: string | undefined
}

/** Seconds. */
const SHORTEST_PART = 0.5
/** sherpa-onnx's own, which its documentation starts from. */
const HOTWORDS_SCORE = 1.5

/** The settings of one part that sherpa-onnx takes as settings of the model. */
type PartSettings = Record<string, string | number>

/** Loads the model. @throws what sherpa-onnx says about a file that is no model. */
export async function loadRecogniser(config: SherpaConfig): Promise<Recognise> {
  const hotwords = config.folder.description.prompts ? hotwordModel(config.folder) : undefined
  const recognizer = await createRecogniser(config, hotwords)
  const { family } = config.folder.manifest
  const punctuate =
    config.punctuation !== undefined && !punctuates(config.folder.manifest)
      ? loadPunctuation(config.punctuation, config.threads)
      : undefined

  async function decode(pcm: Float32Array, options: RecogniseOptions): Promise<OfflineRecognizerResult> {
    const settings = partSettings(config.folder, options)
    if (settings && family !== 'cohereTranscribe') recognizer.setConfig(recognizerConfig(config, settings))
    const stream = recognizer.createStream(hotwords && hotwordsIn(options, hotwords))
    if (settings?.language && family === 'cohereTranscribe')
      stream.setOption('language', String(settings.language))
    stream.acceptWaveform({ samples: pcm, sampleRate: SAMPLE_RATE })
    return decodeSafely(recognizer, stream)
  }

  return async (pcm, options) => {
    checkPart(config.folder, pcm, options)
    const samples = padded(pcm)
    const seconds = pcm.length / SAMPLE_RATE
    const result = await decode(samples, options)
    const presented = present(config.folder, result, seconds, options)
    return punctuate
      ? { ...presented, text: punctuate(presented.text, presented.language ?? options.language) }
      : presented
  }
}

async function createRecogniser(
  config: SherpaConfig,
  hotwords: HotwordModel | undefined,
): Promise<OfflineRecognizer> {
  const settings = recognizerConfig(config, firstSettings(config))
  if (!hotwords) return sherpa.OfflineRecognizer.createAsync(settings)
  const { modelingUnit, vocabulary } = hotwords
  const dir = mkdtempSync(join(tmpdir(), 'earshot-hotwords-'))
  const remove = (): void => rmSync(dir, { recursive: true, force: true })
  // Before this process ends with its parent, which it does at once.
  process.prependOnceListener('disconnect', remove)
  try {
    const bpeVocab = join(dir, 'bpe.vocab')
    writeFileSync(bpeVocab, vocabulary)
    return await sherpa.OfflineRecognizer.createAsync({
      ...settings,
      decodingMethod: 'modified_beam_search',
      hotwordsScore: HOTWORDS_SCORE,
      modelConfig: { ...(modelingUnit === 'bpe' && { bpeVocab }), ...settings.modelConfig, modelingUnit },
    })
  } finally {
    remove()
    process.off('disconnect', remove)
  }
}

/** The decoder answers in JSON that it does not escape fully; what cannot be parsed is a refusal. */
async function decodeSafely(
  recognizer: OfflineRecognizer,
  stream: ReturnType<OfflineRecognizer['createStream']>,
): Promise<OfflineRecognizerResult> {
  try {
    return await recognizer.decodeAsync(stream)
  } catch (error) {
    // The message of a SyntaxError quotes the text, which must not get into logs.
    if (error instanceof SyntaxError) throw new Error('sherpa-onnx answered with malformed JSON')
    throw error
  }
}

function recognizerConfig(
  { folder, threads }: SherpaConfig,
  settings: PartSettings,
): OfflineRecognizerConfig {
  const { family, options, modelType } = folder.manifest
  const { tokens, bpeVocab, ...files } = folder.files
  return {
    featConfig: { sampleRate: SAMPLE_RATE, featureDim: 80 },
    modelConfig: {
      [family]: family === 'teleSpeechCtc' ? files.model! : { ...files, ...options, ...settings },
      ...(tokens ? { tokens } : {}),
      ...(bpeVocab ? { bpeVocab } : {}),
      ...(modelType ? { modelType } : {}),
      numThreads: threads,
      provider: 'cpu',
      debug: 0,
    },
  }
}

function firstSettings({ folder }: SherpaConfig): PartSettings {
  return partSettings(folder, {}) ?? {}
}

/** What differs from part to part; undefined where nothing can. */
function partSettings(folder: ModelFolder, options: RecogniseOptions): PartSettings | undefined {
  const { family } = folder.manifest
  const language = known(folder, options.language)
  if (family === 'canary') {
    const spoken = language ?? 'en'
    return { srcLang: spoken, tgtLang: options.task === 'translate' ? 'en' : spoken }
  }
  if (family === 'cohereTranscribe') return { language: language ?? 'en' }
  return undefined
}

const known = (folder: ModelFolder, language: string | undefined): string | undefined =>
  language !== undefined && folder.description.languages?.includes(language) ? language : undefined

/** What sherpa-onnx would not say itself: it answers whatever it is asked, and drops what is over a model's length. */
function checkPart(folder: ModelFolder, pcm: Int16Array, options: RecogniseOptions): void {
  const { languages, maxPartSeconds, translates, model } = folder.description
  if (options.language !== undefined && languages && !languages.includes(options.language)) {
    throw new Error(`${model} does not know the language ${options.language}`)
  }
  if (options.task === 'detect' && !folder.description.detectsLanguage)
    throw new Error(`${model} does not tell languages apart`)
  if (options.task === 'translate' && !translates) throw new Error(`${model} does not translate`)
  if (pcm.length > (maxPartSeconds + 0.5) * SAMPLE_RATE) {
    throw new Error(
      `a part of ${(pcm.length / SAMPLE_RATE).toFixed(1)} s is longer than the ${maxPartSeconds} s of ${model}`,
    )
  }
}

function present(
  folder: ModelFolder,
  result: OfflineRecognizerResult,
  seconds: number,
  options: RecogniseOptions,
): Recognition {
  const { tokens, timestamps, durations, ys_log_probs: logs = [] } = result
  const text = result.text.trim()
  const words = wordsFromTokens({ text, tokens, timestamps, durations, seconds })
  const language = languageOf(folder, result, options)
  return {
    text,
    ...(words.length > 0 ? { words } : {}),
    ...(language ? { language } : {}),
    ...(logs.length > 0 ? { logProbability: logs.reduce((sum, p) => sum + p, 0) / logs.length } : {}),
  }
}

/** SenseVoice writes `<|en|>`. */
function languageOf(
  folder: ModelFolder,
  result: OfflineRecognizerResult,
  options: RecogniseOptions,
): string | undefined {
  const heard = result.lang.replace(/^<\|(.*)\|>$/, '$1')
  const only = folder.manifest.languages?.length === 1 ? folder.manifest.languages[0] : undefined
  const sole = folder.description.languages?.length === 1 ? folder.description.languages[0] : undefined
  return heard || known(folder, options.language) || only || sole
}

/** Padded where it is so short that some models find no frame in it. */
const padded = (pcm: Int16Array): Float32Array =>
  toFloats(pcm, Math.max(pcm.length, SHORTEST_PART * SAMPLE_RATE))
