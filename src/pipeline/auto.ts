/**
 * The model `auto`. Where nobody knows the language of a recording, its first speech is listened to; only then it is
 * cut, since models want parts of different lengths.
 */
import { knownAs } from '../contract/language.ts'
import {
  type AutoWish,
  autoListener,
  autoModel,
  isAuto,
  requireAutoModel,
} from '../domain/transcriptions/auto.ts'
import type { EngineDescription, Recognition } from '../ports/engine.ts'
import { SAMPLE_RATE } from '../ports/engine.ts'
import type { Auto, FileDeps, FileOptions } from './file-work.ts'
import { Rewound } from './rewound.ts'
import { splitParts } from './split/index.ts'

/** The first speech: so many parts of it, within so much sound. The parts are of 5, 10 and 20 s at most. */
const FIRST = { parts: 3, seconds: 300 }
/** Enough to be sure of a language, in seconds of one part or several, and how likely it then is. */
const SURE = { seconds: 4, share: 0.8 }
/** Below this nobody knows the language. */
const LEAST = 0.5

/** The model of a recording, with the language by which it was chosen, where it was listened to for that. */
interface TakenModel {
  description: EngineDescription
  language?: string | undefined
  languageProbability?: number | undefined
}

/**
 * What a model's name stands for in one recording. `auto`: that has to be listened to first.
 * @param named its description @param all the engine's models
 * @throws DomainError `model.language`, `model.no_translation`
 */
export function namedModel(
  named: EngineDescription,
  all: readonly EngineDescription[],
  wish: AutoWish,
): { description: EngineDescription; auto?: Auto } {
  if (!isAuto(named)) return { description: named }
  const description = requireAutoModel(all, wish)
  const models = all.filter((each) => !isAuto(each))
  return autoListener(models, wish)
    ? { description: named, auto: { models, task: wish.task } }
    : { description }
}

/** The model, and the sound from its beginning. An earlier attempt's choice is kept: its parts are of that model. */
export async function modelOf(
  deps: FileDeps,
  sound: AsyncIterable<Int16Array>,
  { signal, earlier }: Pick<FileOptions, 'signal' | 'earlier'>,
): Promise<{ taken: TakenModel; sound: AsyncIterable<Int16Array> }> {
  if (!deps.auto) return { taken: { description: deps.engine.describe() }, sound }
  const { model, language, languageProbability } = (await earlier?.(0)) ?? {}
  const description = deps.auto.models.find((each) => each.model === model)
  if (description) return { taken: { description, language, languageProbability }, sound }
  return modelByEar(deps, deps.auto, sound, signal)
}

/** Recognition by a model that was chosen by ear. */
export function by(taken: TakenModel, deps: FileDeps): Pick<FileDeps, 'recognise'> {
  if (!deps.auto) return deps
  const { model } = taken.description
  const language = hintFor(taken)
  return {
    recognise: (pcm, signal, known) =>
      deps.recognise(pcm, signal, { ...(language !== undefined && { language }), ...known, model }),
  }
}

/** How likely the language is for which the model was chosen, where that model does not tell it itself. */
export const likelihoodOf = (taken: TakenModel): number | undefined =>
  hintFor(taken) === undefined ? undefined : taken.languageProbability

/** What each part says of the choice, so that it is kept after a restart. */
export function choiceIn(taken: TakenModel, { auto }: FileDeps): Partial<Recognition> {
  if (!auto) return {}
  const language = hintFor(taken)
  const { languageProbability } = taken
  return {
    model: taken.description.model,
    ...(language !== undefined && { language }),
    ...(language !== undefined && languageProbability !== undefined && { languageProbability }),
  }
}

/** Of what was stored, what the same model heard. */
export const onlyBy =
  (taken: TakenModel, { auto }: FileDeps, known: NonNullable<FileOptions['known']>): FileOptions['known'] =>
  async (part) => {
    const result = await known(part)
    return !auto || result?.model === taken.description.model ? result : undefined
  }

type Listening = Pick<FileDeps, 'detector' | 'recognise'>

/** @returns the model, and the sound from its beginning */
async function modelByEar(
  deps: Listening,
  { models, task }: Auto,
  sound: AsyncIterable<Int16Array>,
  signal: AbortSignal,
): Promise<{ taken: TakenModel; sound: AsyncIterable<Int16Array> }> {
  const rewound = new Rewound(sound)
  const heard = await languageIn(deps, autoListener(models, { task }), rewound, signal)
  const description =
    autoModel(models, { task, language: heard?.language }) ?? autoModel(models, { task }) ?? models[0]!
  return { taken: { description, ...heard }, sound: rewound.all() }
}

type Heard = Required<Pick<Recognition, 'language' | 'languageProbability'>>

/** Undefined: there is no speech, or it could be anything. */
async function languageIn(
  { detector, recognise }: Listening,
  listener: EngineDescription | undefined,
  rewound: Rewound,
  signal: AbortSignal,
): Promise<Heard | undefined> {
  if (!listener) return undefined
  const { splitter, maxPartSeconds, model } = listener
  const parts = splitParts(rewound.first(FIRST.seconds), { splitter, detector, maxPartSeconds })
  const likely = new Map<string, number>()
  let seconds = 0
  let count = 0
  let best: Heard | undefined
  for await (const { pcm, speech } of parts) {
    const heard = await recognise(pcm, signal, { task: 'detect', model, speech })
    const length = pcm.length / SAMPLE_RATE
    seconds += length
    const { language, languageProbability = 1 } = heard
    // SenseVoice calls what is no speech a language as well.
    if (language && listener.languages?.includes(language))
      likely.set(language, (likely.get(language) ?? 0) + length * languageProbability)
    best = likeliest(likely, seconds)
    const sure = best && best.languageProbability >= SURE.share && seconds >= SURE.seconds
    if (sure || ++count === FIRST.parts) break
  }
  return best && best.languageProbability >= LEAST ? best : undefined
}

function likeliest(likely: ReadonlyMap<string, number>, seconds: number): Heard | undefined {
  const [best] = [...likely].sort((a, b) => b[1] - a[1])
  return best && { language: best[0], languageProbability: best[1] / seconds }
}

/** What a model that was chosen by ear is told: the language, where it cannot tell that itself. */
function hintFor({ description, language }: TakenModel): string | undefined {
  if (language === undefined || description.detectsLanguage) return undefined
  return knownAs(language, description.languages ?? [])
}
