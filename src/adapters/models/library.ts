/**
 * Models in `<data>/models/<name>/`. A model is fetched into `.partial/` and gets its place in one rename,
 * so that what has a name is whole.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelError, type ModelLibrary, type PullProgress } from '../../ports/model-library.ts'
import { markOf } from '../engine/folder.ts'
import { MANIFEST } from '../engine/manifest.ts'
import {
  CATALOGUE,
  type CatalogueFile,
  type CatalogueModel,
  DEFAULT_MODEL,
  findModel,
  recognises,
} from './catalogue.ts'
import { download } from './download.ts'
import type { ModelSource } from './source.ts'

export interface LibraryOptions {
  /** `<data>/models` */
  dir: string
  source: ModelSource
  catalogue?: readonly CatalogueModel[]
  /** See `DownloadOptions`. */
  pauses?: readonly number[]
  idleMs?: number
}

export interface LocalModels extends ModelLibrary {
  /** The folder of an installed model, or undefined. */
  folderOf(name: string): string | undefined
  /** All installed ones that recognise speech: of the catalogue, and folders of the operator's own. */
  installed(): string[]
  /** What the operator chose with `use`, or the catalogue's default. */
  defaultName(): Promise<string>
}

export function modelLibrary(options: LibraryOptions): LocalModels {
  const { dir, source, catalogue = CATALOGUE } = options
  const chosen = join(dir, 'default')
  const place = (name: string): string => join(dir, name)
  const isInstalled = (name: string): boolean => markOf(place(name)) !== undefined
  const known = (name: string): CatalogueModel => {
    const model = findModel(name, catalogue)
    if (model) return model
    const names = catalogue.map((m) => m.name).join(', ')
    throw new ModelError(`there is no model ${name} in the catalogue; there are ${names}`)
  }
  const present = (): string[] =>
    existsSync(dir) ? readdirSync(dir).filter((name) => !name.startsWith('.') && isInstalled(name)) : []
  const requireInstalled = (name: string): void => {
    if (present().includes(name)) return
    if (known(name))
      throw new ModelError(`${name} is not installed; fetch it with: earshot models pull ${name}`)
  }
  const defaultName = async (): Promise<string> =>
    (await readFile(chosen, 'utf8').catch(() => '')).trim() || DEFAULT_MODEL

  return {
    folderOf: (name) => (present().includes(name) ? place(name) : undefined),
    installed: () => present().filter((name) => !isHelper(place(name))),
    defaultName,
    async list() {
      const preferred = await defaultName()
      return catalogue.map((model) => {
        const { name, about, bytes, licence, languages, wordErrorRate, memoryMb } = model
        return {
          name,
          recognises: recognises(model),
          about,
          bytes,
          licence,
          languages,
          wordErrorRate,
          memoryMb,
          installed: isInstalled(name),
          isDefault: name === preferred,
        }
      })
    },
    async pull(name, onProgress, signal) {
      const model = known(name)
      if (isInstalled(name)) return
      const partial = join(dir, '.partial', name)
      await fetchAll(options, source, model, partial, onProgress, signal)
      const manifest = recognises(model) ? { name, splitter: 'silero', ...model.manifest } : model.manifest
      await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
      await rm(place(name), { recursive: true, force: true })
      await rename(partial, place(name))
    },
    async use(name) {
      requireInstalled(name)
      if (isHelper(place(name)))
        throw new ModelError(`${name} recognises no speech: it cannot be the default`)
      await writeFile(`${chosen}.new`, `${name}\n`)
      await rename(`${chosen}.new`, chosen)
    },
    async remove(name) {
      requireInstalled(name)
      await rm(place(name), { recursive: true })
    },
  }
}

const pathOf = ({ repository, revision, name }: NonNullable<CatalogueFile['from']>): string =>
  `${repository}/resolve/${revision}/${name}`

/** Whether a folder's model helps others, rather than recognising speech itself. */
function isHelper(dir: string): boolean {
  try {
    return 'kind' in (JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')) as object)
  } catch {
    return false // what is wrong with it is told by whoever loads it
  }
}

async function fetchAll(
  { pauses, idleMs }: LibraryOptions,
  source: ModelSource,
  { repository, revision, files, bytes: total }: CatalogueModel,
  partial: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(partial, { recursive: true })
  let done = 0
  for (const file of files) {
    const target = join(partial, file.name)
    if (!existsSync(target))
      await download({
        source,
        path: pathOf(file.from ?? { repository, revision, name: file.name }),
        file,
        target,
        signal,
        onProgress: (bytes) => onProgress({ bytes: done + bytes, total }),
        ...(pauses && { pauses }),
        ...(idleMs !== undefined && { idleMs }),
      })
    done += (await stat(target)).size
    onProgress({ bytes: done, total })
  }
}
