import type { HttpDeps } from './context.ts'
import { enginesAtWork } from './engines.ts'

/** The models at work, on whatever machine. */
export async function installedModels(deps: HttpDeps): Promise<string[]> {
  return (await enginesAtWork(deps)).map(({ model }) => model)
}
