/** The files of a model, from the hub or a mirror into a folder, each verified. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelError, type PullProgress } from '../../ports/model-library.ts'
import { download, type Expected, matches } from './download.ts'
import type { CatalogueFile, CatalogueModel } from './model.ts'
import { SourceError } from './refusal.ts'
import { listRepository } from './repository.ts'
import type { ModelSource } from './source.ts'

/** A file at its place, and what it has to be. */
export interface FileToFetch extends Expected {
  name: string
  /** Under the source. */
  path: string
}

export interface FetchOptions {
  source: ModelSource
  /** See `DownloadOptions`. */
  pauses?: readonly number[] | undefined
  idleMs?: number | undefined
  /** Ms in which the first file has to begin to come, tried once; undefined: as with any other. */
  firstMs?: number | undefined
  onProgress(progress: PullProgress): void
  signal: AbortSignal
  /** Called with each file that is there; what it throws ends the rest. */
  onFile?(name: string): Promise<void>
}

/** What arrived. */
export type Arrived = Record<string, { bytes: number; sha256: string }>

/** Into `target`, where files of an earlier try are made use of. @throws ModelError */
export async function fetchFiles(
  files: readonly FileToFetch[],
  total: number,
  target: string,
  options: FetchOptions,
): Promise<Arrived> {
  const { source, onProgress, signal, firstMs } = options
  await mkdir(target, { recursive: true })
  await removeOthers(target, files)
  await requireRoom(target, files, total)
  const arrived: Arrived = {}
  let done = 0
  let answered = false
  for (const file of files) {
    const path = join(target, file.name)
    const impatient = firstMs !== undefined && !answered
    let sha256 = existsSync(path) ? await matches(path, file) : undefined
    if (sha256 === undefined) {
      sha256 = await download({
        source,
        path: file.path,
        file,
        target: path,
        signal,
        onProgress: (bytes) => onProgress({ bytes: done + bytes, total }),
        ...(options.pauses && { pauses: options.pauses }),
        ...(options.idleMs !== undefined && { idleMs: options.idleMs }),
        ...(impatient && { pauses: [], idleMs: Math.min(firstMs, options.idleMs ?? firstMs) }),
      })
      answered = true
    }
    const { size: bytes } = await stat(path)
    arrived[file.name] = { bytes, sha256 }
    done += bytes
    onProgress({ bytes: done, total })
    await options.onFile?.(file.name)
  }
  return arrived
}

/** Where the catalogue knows no hash, the repository's listing at the pinned commit has one. @throws ModelError */
export async function filesOf(
  { repository, revision, files }: CatalogueModel,
  source: ModelSource,
  signal: AbortSignal,
): Promise<FileToFetch[]> {
  const pathOf = (file: CatalogueFile): string => {
    const from = file.from ?? { repository, revision, name: file.name }
    return `${from.repository}/resolve/${from.revision}/${from.name}`
  }
  const listing = files.every(({ sha256 }) => sha256)
    ? undefined
    : await listRepository(source, { repository, revision }, signal)
  return files.map((file) => {
    const known = file.sha256 ? file : listing?.files.find(({ name }) => name === file.name)
    if (!known) throw new SourceError(`${source.host} does not have ${file.name} in ${repository}`)
    return {
      ...known,
      ...(file.bytes !== undefined && { bytes: file.bytes }),
      name: file.name,
      path: pathOf(file),
    }
  })
}

/** An earlier version may have wanted others. */
async function removeOthers(target: string, files: readonly FileToFetch[]): Promise<void> {
  const wanted = new Set(files.flatMap(({ name }) => [name, `${name}.part`]))
  for (const name of await readdir(target))
    if (!wanted.has(name)) await rm(join(target, name), { recursive: true, force: true })
}

const SPARE_BYTES = 64 * 1024 * 1024

/** Better said now than after an hour. @throws ModelError */
async function requireRoom(target: string, files: readonly FileToFetch[], total: number): Promise<void> {
  const sizes = files
    .flatMap(({ name }) => [name, `${name}.part`])
    .map(async (name) =>
      stat(join(target, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    )
  const have = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  const { bavail, bsize } = await statfs(target)
  const wanted = total - have + SPARE_BYTES
  if (bavail * bsize < wanted)
    throw new ModelError(
      `there is no room for the model: ${megabytes(wanted)} MB are needed in ${target}, and ` +
        `${megabytes(bavail * bsize)} MB are free`,
    )
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)
