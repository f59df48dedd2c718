import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { siblingModule, startChild } from '../../supervision/child.ts'
import type { StartHost } from '../../supervision/host.ts'
import type { ModelFolder } from '../model-folder.ts'
import type { FromRewriter, ToRewriter } from './lighter.host.ts'
import type { Rewriting } from './rewrite.ts'

export interface LightenOptions {
  /** Starts an engine process with a folder’s model. */
  start(folder: ModelFolder): StartHost
  /** Speech that both decoders must hear the same text in. */
  sample(): Promise<Int16Array>
  signal: AbortSignal
}

/** Raised when what is written would be another thing than before. */
const VERSION = 1
const REWRITINGS: readonly Rewriting[] = ['all', 'exact']

/**
 * Gives a Whisper model the decoder that `rewriteDecoder` makes of its own: the same text in about half the
 * time. It is made once, in `.lighter/` of the model's folder, and only kept when it hears in a sample of
 * speech what the original hears. Where that is not so, or cannot be written, the folder comes back as it is.
 */
export async function lighten(folder: ModelFolder, options: LightenOptions): Promise<ModelFolder> {
  const { decoder } = folder.files
  if (folder.manifest.family !== 'whisper' || decoder === undefined) return folder
  const made = placeOf(folder.dir, decoder)
  const before = sizeOf(made)
  if (before !== undefined) return before > 0 ? withDecoder(folder, made) : folder
  const attempt = `${made}.${process.pid}`
  try {
    mkdirSync(join(folder.dir, '.lighter'), { recursive: true })
    const same = await firstThatHearsTheSame(folder, decoder, attempt, options)
    // An empty file says that there is nothing to gain: the next start need not find out again.
    if (!same) writeFileSync(attempt, '')
    renameSync(attempt, made)
    return same ? withDecoder(folder, made) : folder
  } catch {
    options.signal.throwIfAborted()
    return folder
  } finally {
    remove(attempt)
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Where nothing can be removed, nothing could be written.
  }
}

/** Named after the file it was made of, so that another file gets another one. */
function placeOf(dir: string, decoder: string): string {
  const { size, mtimeMs } = statSync(decoder)
  return join(dir, '.lighter', `${basename(decoder)}.${size}-${Math.floor(mtimeMs)}.v${VERSION}`)
}

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path).size
  } catch {
    return undefined
  }
}

const withDecoder = (folder: ModelFolder, decoder: string): ModelFolder => ({
  ...folder,
  files: { ...folder.files, decoder },
})

async function firstThatHearsTheSame(
  folder: ModelFolder,
  decoder: string,
  to: string,
  options: LightenOptions,
): Promise<boolean> {
  let wanted: string | undefined
  for (const rewriting of REWRITINGS) {
    if (!(await rewritten({ from: decoder, to, rewriting }, options.signal))) continue
    wanted ??= await heard(folder, options)
    // A model that hears nothing in speech cannot show that another hears the same.
    if (wanted === '') return false
    if ((await heard(withDecoder(folder, to), options)) === wanted) return true
  }
  return false
}

async function rewritten(job: ToRewriter, signal: AbortSignal): Promise<boolean> {
  const child = startChild(siblingModule('lighter.host', import.meta.url))
  const kill = (): void => child.kill()
  signal.addEventListener('abort', kill, { once: true })
  const answer = new Promise<FromRewriter>((resolve) => {
    child.onMessage((message) => resolve(message as FromRewriter))
    child.ended.then(() => resolve({ written: false }))
  })
  child.send(job)
  const { written } = await answer
  child.kill()
  await child.ended
  signal.removeEventListener('abort', kill)
  signal.throwIfAborted()
  return written
}

/** What a model hears in the sample, and in which language; empty where it cannot be loaded, or hears nothing. */
async function heard(folder: ModelFolder, { start, sample, signal }: LightenOptions): Promise<string> {
  const pcm = await sample()
  const host = await start(folder)(signal)
  try {
    const ended = host.ended.then(() => ({ text: '', language: undefined }))
    const { text, language } = await Promise.race([host.recognise(pcm, {}), ended])
    return text && `${language} ${text}`
  } finally {
    host.kill()
    await host.ended
  }
}
