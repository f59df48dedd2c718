/** The tokens that steer a Whisper, and its languages. */
import type { Vocabulary } from '../text/vocabulary.ts'
import { WeightsError, type WhisperShape } from './weights.ts'

export interface ControlTokens {
  readonly multilingual: boolean
  readonly eot: number
  readonly sot: number
  readonly sotLm: number
  readonly sotPrev: number
  readonly transcribe: number
  readonly translate: number
  readonly noSpeech: number
  readonly noTimestamps: number
  /** `<|0.00|>`; the next ones are 20 ms apart. */
  readonly firstTimestamp: number
  /** The code in `<|en|>` → its token; none for an English-only model. */
  readonly languages: Readonly<Record<string, number>>
}

type TokenName = Exclude<keyof ControlTokens, 'languages' | 'multilingual'>
type Json = Readonly<Record<string, unknown>>

/** In the order of their tokens; large-v3 added the last. */
const LANGUAGES =
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue'.split(
    ' ',
  )
const ENGLISH_ONLY = 51_864
const LARGE_V3 = 51_866

/** From the tokenizer's own tokens; by OpenAI's arithmetic where a tokenizer of a known size lacks one. */
export function controlTokens(
  folder: string,
  shape: WhisperShape,
  vocabulary: Vocabulary,
  config: Json,
  generation: Json,
): ControlTokens {
  const usual = usualTokens(shape.vocabulary)
  // Most tokenizers do not list the times.
  const noTimes = vocabulary.special.get('<|notimestamps|>') ?? usual.noTimestamps
  if (noTimes !== undefined) usual.firstTimestamp = noTimes + 1
  const token = (name: TokenName, ...spellings: string[]): number => {
    const id = spellings
      .map((spelling) => vocabulary.special.get(`<|${spelling}|>`))
      .find((id) => id !== undefined)
    const found = id ?? usual[name]
    if (found === undefined || !(found >= 0 && found < shape.vocabulary))
      throw new WeightsError(
        `${folder} has a tokenizer without <|${spellings[0]}|> for its ${shape.vocabulary} tokens: fetch tokenizer.json from where the model came from`,
      )
    return found
  }
  const multilingual = isMultilingual(shape, vocabulary, generation)
  const control = {
    multilingual,
    eot: token('eot', 'endoftext'),
    sot: token('sot', 'startoftranscript'),
    sotLm: token('sotLm', 'startoflm'),
    sotPrev: token('sotPrev', 'startofprev'),
    transcribe: token('transcribe', 'transcribe'),
    translate: token('translate', 'translate'),
    noSpeech: token('noSpeech', 'nospeech', 'nocaptions'),
    noTimestamps: token('noTimestamps', 'notimestamps'),
    firstTimestamp: token('firstTimestamp', '0.00'),
  }
  const languages = multilingual ? languagesOf(control, vocabulary, config, generation, shape) : {}
  if (multilingual && Object.keys(languages).length === 0)
    throw new WeightsError(
      `${folder} names no languages: fetch tokenizer.json from where the model came from`,
    )
  return { ...control, languages }
}

/** Vocabularies of known sizes are known; else the files say, or an empty token, which only multilingual ones have. */
function isMultilingual(shape: WhisperShape, vocabulary: Vocabulary, generation: Json): boolean {
  if (shape.vocabulary >= ENGLISH_ONLY && shape.vocabulary <= LARGE_V3) return shape.vocabulary > ENGLISH_ONLY
  if (typeof generation.is_multilingual === 'boolean') return generation.is_multilingual
  for (const spelling of vocabulary.text.values()) if (spelling === '') return true
  return false
}

/** Those between the start and the tasks; and any that a fine-tune added elsewhere and lists. */
function languagesOf(
  { sot, transcribe, translate }: Pick<ControlTokens, 'sot' | 'transcribe' | 'translate'>,
  vocabulary: Vocabulary,
  config: Json,
  generation: Json,
  shape: WhisperShape,
): Record<string, number> {
  const listed = new Set(Array.isArray(config.lang_ids) ? config.lang_ids : [])
  const firstTask = Math.min(transcribe, translate)
  const found: Record<string, number> = {}
  for (const [spelling, id] of [...vocabulary.special, ...Object.entries(generation.lang_to_id ?? {})]) {
    const code = /^<\|([a-z]{2,3})\|>$/.exec(spelling)?.[1]
    if (!code || !Number.isInteger(id) || id < 0 || id >= shape.vocabulary) continue
    if ((id > sot && id < firstTask) || listed.has(id) || !vocabulary.special.has(spelling)) found[code] = id
  }
  if (Object.keys(found).length === 0)
    for (let id = sot + 1; id < firstTask && id - sot <= LANGUAGES.length; id++)
      found[LANGUAGES[id - sot - 1]!] = id
  return found
}

/** Where OpenAI's own vocabularies have them. */
function usualTokens(vocabulary: number): Partial<Record<TokenName, number>> {
  if (vocabulary < ENGLISH_ONLY || vocabulary > LARGE_V3) return {}
  const eot = vocabulary > ENGLISH_ONLY ? 50_257 : 50_256
  const sot = eot + 1
  const translate = sot + (vocabulary === LARGE_V3 ? 100 : 99) + 1
  return {
    eot,
    sot,
    translate,
    transcribe: translate + 1,
    sotLm: translate + 2,
    sotPrev: translate + 3,
    noSpeech: translate + 4,
    noTimestamps: translate + 5,
  }
}
