/** `earshot-model.json`, which says what a model folder holds. */
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'

export const MANIFEST = 'earshot-model.json'

/** One line that names the file and the folder. */
export class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError'
}

/** An object in a JSON file of a model folder. @throws ModelFolderError */
export function readJson(dir: string, file: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(join(dir, file), 'utf8')
  } catch (error) {
    throw new ModelFolderError(`${file} cannot be read in the model folder ${dir} (${code(error)})`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ModelFolderError(`${file} in the model folder ${dir} is not JSON`)
  }
  if (typeof json === 'object' && json !== null) return json as Record<string, unknown>
  throw new ModelFolderError(`${file} in the model folder ${dir} is no JSON object`)
}

/** @throws ModelFolderError that lists every fault */
export function parseManifest<Schema extends z.ZodType>(
  dir: string,
  json: unknown,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`,
  )
  throw new ModelFolderError(`${MANIFEST} in the model folder ${dir} is wrong: ${faults.join('; ')}`)
}

/** @param what how the file is called in the message @throws ModelFolderError */
export function requireFile(dir: string, path: string, what: string): void {
  try {
    const { size } = statSync(path)
    accessSync(path, constants.R_OK)
    if (size === 0) throw new ModelFolderError(`${what} in the model folder ${dir} is empty`)
  } catch (error) {
    if (error instanceof ModelFolderError) throw error
    throw new ModelFolderError(`${what} in the model folder ${dir} cannot be read (${code(error)})`)
  }
}

const code = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)
