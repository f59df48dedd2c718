import { DomainError } from '../domain/errors.ts'
import { AUTO } from '../domain/transcriptions/auto.ts'
import { MODEL_ALIASES, modelNamed } from '../domain/transcriptions/model.ts'
import type { HttpDeps } from './context.ts'
import { enginesAtWork } from './engines.ts'

const installed = async (deps: HttpDeps): Promise<string[]> =>
  (await enginesAtWork(deps)).map(({ model }) => model)

/**
 * What `model` may say: the models on whatever machine, and names that stand for one of them. Names of other
 * servers' models are understood as well, but not listed: those models are not here.
 */
export async function modelNames(deps: HttpDeps): Promise<string[]> {
  const own = Object.keys(deps.policy.modelNames)
  return [...new Set([...(await installed(deps)), AUTO, ...own, ...MODEL_ALIASES])]
}

/**
 * The installed model that a name stands for; undefined: the one that serves where none is named.
 * @throws DomainError `model.unknown`
 */
export async function requireModel(deps: HttpDeps, name: string | undefined): Promise<string | undefined> {
  const found = modelNamed(name, await installed(deps), deps.policy.modelNames)
  if (found) return found.model
  throw new DomainError(
    'model.unknown',
    `There is no model “${name}” here; there are ${(await modelNames(deps)).join(', ')}.`,
    { field: 'model', reason: 'unsupported' },
  )
}
