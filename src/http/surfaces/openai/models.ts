import { DomainError } from '../../../domain/errors.ts'
import type { HttpDeps } from '../../context.ts'
import { installedModels } from '../../installed-models.ts'

/** OpenAI's names, all answered by what is installed here: clients move over without touching their settings. */
const ALIASES = ['whisper-1', 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe']

/** The models at work, on whatever machine, and the names that stand for them. */
export async function modelNames(deps: HttpDeps): Promise<string[]> {
  return [...new Set([...(await installedModels(deps)), ...ALIASES])]
}

/** @throws DomainError `model.unknown` */
export async function requireModel(deps: HttpDeps, model: string): Promise<void> {
  if ((await modelNames(deps)).includes(model)) return
  throw new DomainError('model.unknown', `The model “${model}” does not exist here.`, { field: 'model' })
}
