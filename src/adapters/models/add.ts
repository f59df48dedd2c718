/** Models of people's own: any repository of the hub with Whisper's weights, or a folder of this machine. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { constants, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { AUTO } from '../../domain/transcriptions/auto.ts'
import { ModelError, type PullProgress } from '../../ports/model-library.ts'
import { type ModelFolder, readModelFolder } from '../engine/folder.ts'
import { MANIFEST, ModelFolderError, readJson } from '../engine/manifest.ts'
import { WHISPER_WEIGHTS } from '../engine/whisper/folder.ts'
import { type FetchOptions, fetchFiles } from './fetch.ts'
import { neededFiles } from './needed.ts'
import { listRepository, type RepositoryId } from './repository.ts'

/** What is asked for, with the name that it would have. @throws ModelError where it is neither */
export function isFolder(what: string): boolean {
  const there = existsSync(what)
  if (there && !statSync(what).isDirectory()) throw new ModelError(`${what} is a file, not a folder`)
  return there
}

/** What a model of this folder or repository is called where nobody says so. */
export const nameOf = (what: string): string =>
  basename(resolve(what))
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z\d]+/, '') || 'model'

const NAME = /^[A-Za-z\d][\w.-]{0,99}$/
export function requireName(name: string): void {
  if (name === AUTO)
    throw new ModelError(`“${AUTO}” means the choice between all models: give another --name`)
  if (!NAME.test(name))
    throw new ModelError(
      `“${name}” is no name for a model: letters, digits, ., _ and -, a letter or digit first`,
    )
}

/** Fetches a repository's model into `partialOf(commit)`, and gives that folder. @throws ModelError */
export async function fetchRepository(
  { repository, revision }: RepositoryId,
  name: string,
  partialOf: (commit: string) => string,
  options: FetchOptions,
): Promise<string> {
  const { source, signal } = options
  const listing = await listRepository(source, { repository, revision }, signal)
  const needed = neededFiles(listing.files.map((file) => file.name))
  if ('missing' in needed) throw new ModelError(`${repository} cannot be used: there is ${needed.missing}`)
  const files = needed.files.map((wanted) => {
    const file = listing.files.find((listed) => listed.name === wanted)!
    return { ...file, path: `${repository}/resolve/${listing.commit}/${wanted}` }
  })
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const partial = partialOf(listing.commit)
  const arrived = await fetchFiles(files, total, partial, {
    ...options,
    onFile: async (file) => {
      if (file === 'config.json') await requireWhisper(partial, repository)
    },
  }).catch(discarding(partial))
  await finish(partial, { name, source: { repository, revision: listing.commit, files: arrived } })
  return partial
}

/** A copy of what is needed of a folder; where the file system can, one that takes no room. @throws ModelError */
export async function copyFolder(
  folder: string,
  name: string,
  partial: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  const dir = resolve(folder)
  const manifest = manifestOf(dir)
  const needed = neededFiles(readdirSync(dir))
  if ('missing' in needed) throw new ModelError(`${dir} cannot be used: there is ${needed.missing}`)
  const total = needed.files.reduce((sum, file) => sum + statSync(join(dir, file)).size, 0)
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true })
  let done = 0
  for (const file of needed.files) {
    signal.throwIfAborted()
    await copyFile(join(dir, file), join(partial, file), constants.COPYFILE_FICLONE)
    done += statSync(join(partial, file)).size
    onProgress({ bytes: done, total })
  }
  await finish(partial, { ...manifest, name })
  return partial
}

/** What the owner of the folder said of it stays true of the copy. @throws ModelError */
function manifestOf(dir: string): object {
  if (checked(dir).kind === 'sherpa')
    throw new ModelError(
      `${dir} is a model for sherpa-onnx: name it in EARSHOT_MODEL, or put it into models/ of the data folder`,
    )
  return existsSync(join(dir, MANIFEST)) ? readJson(dir, MANIFEST) : {}
}

/** Known before gigabytes have come: both layouts of Whisper's say in `config.json` what they are. */
async function requireWhisper(partial: string, repository: string): Promise<void> {
  const config = checkedJson(await readFile(join(partial, 'config.json'), 'utf8'))
  const ofCTranslate2 = ['lang_ids', 'suppress_ids', 'alignment_heads'].some((key) => key in config)
  if (config.model_type === 'whisper' || (config.model_type === undefined && ofCTranslate2)) return
  const type = config.model_type ?? 'nothing that a Whisper’s does'
  throw new NotWhisper(`${repository} is no Whisper model: its config.json says ${type}`)
}

function checkedJson(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>
  } catch {
    // said below
  }
  return {}
}

/** Nothing of it is of use. */
class NotWhisper extends ModelError {}

const discarding =
  (partial: string) =>
  async (cause: unknown): Promise<never> => {
    if (cause instanceof NotWhisper) await rm(partial, { recursive: true, force: true })
    throw cause
  }

/** Gives the folder its manifest, and looks whether it can be used. @throws ModelError; then it is gone */
async function finish(partial: string, manifest: object): Promise<void> {
  await writeManifest(partial, { splitter: 'silero', ...manifest, family: WHISPER_WEIGHTS })
  try {
    checked(partial)
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw cause
  }
}

export const writeManifest = (dir: string, manifest: object): Promise<void> =>
  writeFile(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)

function checked(dir: string): ModelFolder {
  try {
    return readModelFolder(dir)
  } catch (cause) {
    throw cause instanceof ModelFolderError ? new ModelError(cause.message, { cause }) : cause
  }
}
