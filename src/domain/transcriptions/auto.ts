/**
 * The model `auto`: which of the installed models is taken for a language.
 *
 * Models with an `autoRank` come first, the lowest number before the others; then the one that serves where none is
 * named; then Whisper, the more capable sizes first; then whatever else knows the language.
 */
import { knownAs } from '../../contract/language.ts'
import type { EngineDescription } from '../../ports/engine.ts'
import { DomainError } from '../errors.ts'

export const AUTO = 'auto'

/** Whether it is no model, but the choice between them. */
export const isAuto = ({ family }: EngineDescription): boolean => family === AUTO

export interface AutoWish {
  /** Undefined: nobody knows it. */
  language?: string | undefined
  task?: 'transcribe' | 'translate' | undefined
}

/** More capable ones first. Those that are not listed are the operator's own, and come after them. */
const WHISPERS = [
  'whisper-turbo',
  'whisper-large-v3',
  'whisper-medium',
  'whisper-small',
  'whisper-base',
  'whisper-tiny',
]

/** @param models the one that serves where none is named first @returns undefined: none can do what is wished for */
export function autoModel(
  models: readonly EngineDescription[],
  { language, task }: AutoWish,
): EngineDescription | undefined {
  const able = models.filter(
    (each) => !each.standIn && !isAuto(each) && (task !== 'translate' || each.translates),
  )
  if (language === undefined) return broadest(able, models[0])
  const knowing = able.filter(({ languages }) => languages && knownAs(language, languages))
  return ranked(knowing)[0] ?? usual(knowing, models[0])[0]
}

/** The same, or why not. @throws DomainError `model.language`, `model.no_translation` */
export function requireAutoModel(models: readonly EngineDescription[], wish: AutoWish): EngineDescription {
  const taken = autoModel(models, wish)
  if (taken) return taken
  const { language, task } = wish
  if (task === 'translate' && !autoModel(models, { task }))
    throw new DomainError('model.no_translation', 'None of the installed models can translate.', {
      field: 'task',
      reason: 'unsupported',
    })
  const doing = task === 'translate' ? 'translates' : 'knows the language'
  throw new DomainError('model.language', `None of the installed models ${doing} “${language}”.`, {
    field: 'language',
    reason: 'unsupported',
  })
}

/** Who hears in which language a recording is, where that decides which model is taken. */
export function autoListener(
  models: readonly EngineDescription[],
  { language, task }: AutoWish,
): EngineDescription | undefined {
  if (language !== undefined || takenAnyway(models, task)) return undefined
  const able = models.filter((each) => each.detectsLanguage && !isAuto(each))
  return able.find((each) => each === broadest(models, models[0])) ?? able[0]
}

/** What `auto` takes, for people: the last one is for every other language. */
export function autoPlan(models: readonly EngineDescription[]): { model: string; languages: string[] }[] {
  const other = autoModel(models, {})
  const plan = new Map<string, string[]>()
  for (const language of languagesOf(models)) {
    const taken = autoModel(models, { language })
    if (taken && taken.model !== other?.model)
      plan.set(taken.model, [...(plan.get(taken.model) ?? []), language])
  }
  const special = [...plan].map(([model, languages]) => ({ model, languages: languages.sort() }))
  return [...special, ...(other ? [{ model: other.model, languages: [] }] : [])]
}

/** `auto` among the models that can be named. Undefined: it is the same as naming none. */
export function describeAuto(models: readonly EngineDescription[]): EngineDescription | undefined {
  const real = models.filter(({ standIn }) => !standIn)
  const [first] = models
  if (!first || real.length === 0) return undefined
  const same = (['transcribe', 'translate'] as const).every((task) => {
    const taken = takenAnyway(models, task)
    return taken === undefined ? autoModel(models, { task }) === undefined : taken.model === first.model
  })
  if (same) return undefined
  const languages = languagesOf(real)
  return {
    model: AUTO,
    family: AUTO,
    ...(first.device !== undefined && { device: first.device }),
    standIn: false,
    maxPartSeconds: Math.min(...real.map((each) => each.maxPartSeconds)),
    splitter: 'silero',
    wordTimes: real.every((each) => each.wordTimes),
    translates: real.some((each) => each.translates),
    prompts: real.some((each) => each.prompts),
    languages: languages.length > 0 ? languages : null,
    detectsLanguage: real.some((each) => each.detectsLanguage),
  }
}

/** The model that is taken whatever is spoken. */
function takenAnyway(
  models: readonly EngineDescription[],
  task: AutoWish['task'],
): EngineDescription | undefined {
  const other = autoModel(models, { task })
  const all = languagesOf(models).map((language) => autoModel(models, { language, task }))
  return all.every((each) => each === undefined || each.model === other?.model) ? other : undefined
}

/** For a recording of which nobody knows the language: Whisper, else what knows the most of them. */
function broadest(
  models: readonly EngineDescription[],
  first: EngineDescription | undefined,
): EngineDescription | undefined {
  const breadth = ({ languages }: EngineDescription): number => languages?.length ?? 0
  const whispers = models.filter((each) => isWhisper(each) && each.detectsLanguage)
  return usual(whispers, first)[0] ?? models.toSorted((a, b) => breadth(b) - breadth(a))[0]
}

/** Without those that are better at certain languages. */
function usual(
  models: readonly EngineDescription[],
  first: EngineDescription | undefined,
): EngineDescription[] {
  const place = (each: EngineDescription): number => {
    if (each === first) return -1
    const size = isWhisper(each) ? WHISPERS.indexOf(each.model) : WHISPERS.length + 1
    return size < 0 ? WHISPERS.length : size
  }
  return models.toSorted((a, b) => place(a) - place(b))
}

const languagesOf = (models: readonly EngineDescription[]): string[] => [
  ...new Set(models.flatMap(({ languages }) => languages ?? [])),
]

const ranked = (models: readonly EngineDescription[]): EngineDescription[] =>
  models
    .filter(({ autoRank }) => autoRank !== undefined)
    .sort((a, b) => (a.autoRank ?? 0) - (b.autoRank ?? 0))

const isWhisper = ({ family }: EngineDescription): boolean => family === 'whisper'
