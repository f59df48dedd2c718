import { ModelError, type ModelLibrary } from '../../ports/model-library.ts'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { listWorkers } from '../workers/list.ts'

/** Deletes an installed model that nothing needs. @throws DomainError `model.unknown`, `model.in_use` */
export async function removeModel(
  deps: Pick<Deps, 'db' | 'clock'> & { models: ModelLibrary },
  name: string,
): Promise<void> {
  const model = (await deps.models.list()).find((known) => known.name === name)
  if (model?.installed && model.isDefault)
    throw new DomainError('model.in_use', `${name} is the default. Make another model the default first.`)
  const user = (await listWorkers(deps)).find(({ engine }) => engine?.model === name)
  if (user)
    throw new DomainError(
      'model.in_use',
      `${user.host} works with ${name}. Restart it with another model first.`,
    )
  try {
    await deps.models.remove(name)
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause
    throw new DomainError('model.unknown', cause.message, {}, { cause })
  }
}
