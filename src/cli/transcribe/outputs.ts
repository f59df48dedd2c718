/** Where results go: on stdout, or into files. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Format, render } from '../../domain/transcripts/formats.ts'
import type { Transcript } from '../../ports/transcript.ts'
import { CommandError, USAGE } from '../context.ts'
import type { Input, Inputs } from './inputs.ts'

export type OutputFormat = Format | 'docx'

/** One result of one recording. `path` null: stdout. */
export interface Target {
  format: OutputFormat
  path: string | null
}

export interface Job {
  input: Input
  targets: Target[]
}

const STDOUT = '-'

/**
 * One recording in one format is printed. Several recordings, a folder, or several formats become files: in the
 * folder of `-o`, or else beside each medium.
 * @throws CommandError
 */
export async function planJobs(
  { all, folders }: Inputs,
  formats: readonly OutputFormat[],
  output: string | undefined,
): Promise<Job[]> {
  const single = all.length === 1 && !folders && formats.length === 1
  if (output === STDOUT || (output === undefined && single)) return printed(all, formats)
  if (output !== undefined && single && !(await isFolder(output)))
    return all.map((input) => ({ input, targets: formats.map((format) => ({ format, path: output })) }))
  return inFiles(all, formats, output)
}

function printed(all: readonly Input[], formats: readonly OutputFormat[]): Job[] {
  if (formats.includes('docx') && (process.stdout.isTTY || all.length > 1))
    throw new CommandError('docx is no text: name a file with -o', USAGE)
  return all.map((input) => ({ input, targets: formats.map((format) => ({ format, path: null })) }))
}

const isFolder = async (path: string): Promise<boolean> =>
  /[\\/]$/.test(path) || ((await stat(path).catch(() => undefined))?.isDirectory() ?? false)

/** `talk.mp3` becomes `talk.srt`; where there is a `talk.mp4` as well, `talk.mp3.srt` and `talk.mp4.srt`. */
function inFiles(all: readonly Input[], formats: readonly OutputFormat[], folder: string | undefined): Job[] {
  const placeOf = (input: Input, name: string): string => {
    if (folder === undefined) return join(input.kind === 'file' ? dirname(input.path) : '.', name)
    return join(folder, input.kind === 'file' ? input.below : '', name)
  }
  const shared = new Map<string, number>()
  for (const input of all) {
    const place = resolve(placeOf(input, input.stem))
    shared.set(place, (shared.get(place) ?? 0) + 1)
  }
  const taken = new Set<string>()
  return all.map((input) => {
    const alone = shared.get(resolve(placeOf(input, input.stem))) === 1
    const wanted = alone || input.kind !== 'file' ? input.stem : basename(input.path)
    let name = wanted
    for (let k = 2; taken.has(resolve(placeOf(input, name))); k++) name = `${wanted}-${k}`
    taken.add(resolve(placeOf(input, name)))
    return {
      input,
      targets: formats.map((format) => ({ format, path: placeOf(input, `${name}.${format}`) })),
    }
  })
}

/** Whether all its files are there, and none is older than the recording. */
export async function isDone({ input, targets }: Job): Promise<boolean> {
  const since = input.kind === 'file' ? input.modifiedMs : 0
  for (const { path } of targets) {
    const found = path === null ? undefined : await stat(path).catch(() => undefined)
    if (!found || found.mtimeMs < since) return false
  }
  return true
}

export async function rendered(
  transcript: Transcript,
  format: OutputFormat,
  title: string,
): Promise<string | Buffer> {
  if (format !== 'docx') return render(transcript, format, { title })
  const { renderDocx } = await import('../../domain/transcripts/docx.ts')
  return renderDocx(transcript, title)
}

/** Whole or not at all. */
export async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`)
  try {
    await writeFile(draft, content)
    await rename(draft, path)
  } catch (cause) {
    await rm(draft, { force: true })
    throw new Error(`${path} could not be written: ${(cause as Error).message}`, { cause })
  }
}
