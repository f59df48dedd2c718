import { DomainError } from '../domain/errors.ts'
import { MODEL_ALIASES, namedModel } from '../domain/transcriptions/model.ts'
import type { HttpDeps } from './context.ts'
import { enginesAtWork } from './engines.ts'

/** What `model` may say: the models on whatever machine, and the names that stand for the default one. */
export async function modelNames(deps: HttpDeps): Promise<string[]> {
  const engines = await enginesAtWork(deps)
  return [...new Set([...engines.map(({ model }) => model), ...MODEL_ALIASES])]
}

/** @throws DomainError `model.unknown` */
export async function requireModel(deps: HttpDeps, model: string | undefined): Promise<void> {
  if (namedModel(model ?? null) === undefined) return
  const names = await modelNames(deps)
  if (model === undefined || names.includes(model)) return
  throw new DomainError(
    'model.unknown',
    `There is no model “${model}” here; there are ${names.join(', ')}.`,
    {
      field: 'model',
      reason: 'unsupported',
    },
  )
}
