import { type RecogniseOptions, type Recognition, SAMPLE_RATE } from '../../../ports/engine.ts'
import { prepare } from '../../../whisper/graphs/prepare.ts'
import { openModel } from '../../../whisper/model.ts'
import { Ear, type Heard, type Sound } from '../../../whisper/strategy/ear.ts'
import { type DetectedLanguage, detectLanguage } from '../../../whisper/strategy/language.ts'
import { openTokenizer } from '../../../whisper/text/tokenizer.ts'
import { toFloats } from '../../samples.ts'
import type { PartToHear } from '../supervision/protocol.ts'
import type { RecogniseMany } from '../supervision/serve-host.ts'
import { type Device, deviceMissing, ON_CARD } from './device.ts'
import type { WhisperFolder } from './folder.ts'

export interface WhisperConfig {
  folder: WhisperFolder
  /** Where graphs made from weights are kept. */
  graphsDir: string
  threads: number
  /** Default: the CPU. */
  device?: Device
  /** Texts that are weighed side by side. Default: 1. */
  beamSize?: number | undefined
}

/** Loads the model, after making its graphs where that was not done yet. @throws Error in one line */
export async function loadListener(
  { folder, graphsDir, threads, device = 'cpu', beamSize }: WhisperConfig,
  onProgress: (message: string) => void,
): Promise<RecogniseMany> {
  const { model: name } = folder.description
  const onCard = ON_CARD[device]
  const { graphs, shape, spec, vocabulary } = prepare({
    folder: folder.dir,
    into: graphsDir,
    onCard,
    onBuild: () => onProgress(`preparing the model ${name}; this is done once …`),
  })
  const tokenizer = openTokenizer(folder.dir, vocabulary)
  const place = { threads, card: device, onCard }
  const model = await openModel(graphs, { shape, spec, tokenizer }, place).catch((error: Error) => {
    throw deviceMissing(device, error.message)
  })
  const ear = new Ear(model, { beamSize })
  return async (parts) => {
    for (const { options } of parts) check(folder, options)
    const heard = await ear.hear(parts.filter(hasText).map((part) => soundOf(folder, part)))
    const all: Recognition[] = []
    for (const part of parts)
      all.push(
        hasText(part)
          ? present(heard.shift()!, part.pcm.length / SAMPLE_RATE, onlyLanguage(folder))
          : presentLanguage(await detectLanguage(model, toFloats(part.pcm))),
      )
    return all
  }
}

const hasText = ({ options }: PartToHear): boolean => options.task !== 'detect'

function check({ description }: WhisperFolder, { language, task }: RecogniseOptions): void {
  const { model, languages, translates, detectsLanguage } = description
  if (task === 'detect' && !detectsLanguage) throw new Error(`${model} does not tell languages apart`)
  if (language !== undefined && languages && !languages.includes(language))
    throw new Error(`${model} does not know the language ${language}`)
  if (task === 'translate' && !translates) throw new Error(`${model} does not translate`)
}

const onlyLanguage = ({ description: { languages } }: WhisperFolder): string | undefined =>
  languages?.length === 1 ? languages[0] : undefined

function soundOf(folder: WhisperFolder, part: PartToHear): Sound {
  const { language, task, prompt, keywords, temperature, speech } = part.options
  const hints = [keywords?.join(', '), prompt].filter(Boolean).join('. ')
  return {
    samples: toFloats(part.pcm),
    speech,
    language: language ?? onlyLanguage(folder),
    task: task === 'translate' ? task : 'transcribe',
    ...(hints !== '' && { prompt: hints }),
    temperature,
  }
}

const presentLanguage = ({ language, probability }: DetectedLanguage): Recognition => ({
  text: '',
  ...(language !== undefined && { language, languageProbability: probability }),
})

function present(heard: Heard, seconds: number, only: string | undefined): Recognition {
  const { text, words, language = only, unclear, tokens, meanLog, noSpeech, compression, temperature } = heard
  return {
    text,
    words: words.map(({ word, ...times }) => ({ word: word.trim(), ...times })),
    segments: [
      {
        start: 0,
        end: seconds,
        text,
        tokens,
        avgLogProbability: meanLog,
        noSpeechProbability: noSpeech,
        compressionRatio: compression,
        temperature,
      },
    ],
    ...(unclear.length > 0 && { unclear }),
    ...(language !== undefined && { language }),
    logProbability: meanLog,
  }
}
