import { existsSync } from 'node:fs'
import { isAbsolute, sep } from 'node:path'
import { AUTO, type AutoWish, autoModel } from '../../domain/transcriptions/auto.ts'
import { EngineError } from '../../ports/engine.ts'
import { ModelError } from '../../ports/model-library.ts'
import { DEFAULT_MODEL } from '../models/catalogue.ts'
import type { LocalModels } from '../models/library.ts'
import { type ModelFolder, readModelFolder } from './folder.ts'
import { findPocketSphinx, INSTALL_HINT, type PocketSphinx } from './pocketsphinx/find.ts'

/** `auto`: the choice is made for each recording; this one serves what none of the others is better at. */
export type Choice = ({ kind: 'model'; folder: ModelFolder } | { kind: 'stand-in'; sphinx: PocketSphinx }) & {
  auto?: boolean
}

export interface ChooseOptions {
  /** `EARSHOT_MODEL` */
  model?: string | undefined
  models: LocalModels
  /** Those of them that can be used, as they are now. */
  installed: () => ModelFolder[]
  /** Of the one recording that the program is run for: `auto` then loads what serves that. */
  wish?: AutoWish | undefined
  logger?: { info(message: string): void; warn(message: string): void } | undefined
}

/** `EARSHOT_MODEL=pocketsphinx` asks for the stand-in by name. */
const STAND_IN = 'pocketsphinx'

/**
 * What the operator named: a folder, a model of the catalogue (fetched where it is missing), `auto`, or the
 * stand-in. Where nothing is named: the default model, and where that cannot be had, the stand-in.
 * @throws ModelError, ModelFolderError or EngineError in one line
 */
export async function choose(options: ChooseOptions): Promise<Choice> {
  const { model, models } = options
  const chosen = await models.chosenName()
  const named = model ?? chosen
  if (named === AUTO) return automatic(options, chosen)
  if (model === STAND_IN) return standIn(options, `it was asked for`)
  if (model === undefined) return usual(options, chosen ?? DEFAULT_MODEL)
  if (looksLikePath(model)) return { kind: 'model', folder: readModelFolder(model) }
  return { kind: 'model', folder: await fetched(options, model) }
}

/** What `auto` takes where nobody knows the language yet; the operator's default goes before others like it. */
async function automatic(options: ChooseOptions, preferred: string | undefined): Promise<Choice> {
  const { wish = {} } = options
  const isPreferred = ({ description }: ModelFolder): boolean => description.model === preferred
  const folders = options.installed().sort((a, b) => Number(isPreferred(b)) - Number(isPreferred(a)))
  const all = folders.map(({ description }) => description)
  const taken = autoModel(all, wish) ?? autoModel(all, {})
  const folder = folders.find(({ description }) => description === taken)
  return folder
    ? { kind: 'model', folder, auto: true }
    : { ...(await usual(options, DEFAULT_MODEL)), auto: true }
}

/** @throws ModelFolderError or EngineError in one line */
async function usual(options: ChooseOptions, name: string): Promise<Choice> {
  try {
    return { kind: 'model', folder: await fetched(options, name) }
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause
    return standIn(options, cause.message)
  }
}

const looksLikePath = (model: string): boolean =>
  isAbsolute(model) || model.includes('/') || model.includes(sep) || existsSync(model)

async function fetched({ models, logger }: ChooseOptions, name: string): Promise<ModelFolder> {
  const there = models.folderOf(name)
  if (there) return readModelFolder(there)
  logger?.info(`fetching the model ${name} …`)
  let told = 0
  await models.pull(
    name,
    ({ bytes, total, note }) => {
      if (note) logger?.info(`the model ${name}: ${note}`)
      const tenth = Math.floor((10 * bytes) / total)
      if (tenth > told) logger?.info(`fetching the model ${name}: ${10 * tenth} %`)
      told = Math.max(told, tenth)
    },
    new AbortController().signal,
  )
  const folder = models.folderOf(name)
  if (!folder) throw new ModelError(`the model ${name} was removed while it was fetched`)
  return readModelFolder(folder)
}

function standIn({ logger }: ChooseOptions, why: string): Choice {
  const sphinx = findPocketSphinx()
  if (!sphinx)
    throw new EngineError(
      'unavailable',
      `there is no speech model (${why}) and no stand-in: earshot models pull, or ${INSTALL_HINT}`,
    )
  logger?.warn(`PocketSphinx stands in for a speech model, English only and rough: ${why}`)
  return { kind: 'stand-in', sphinx }
}
