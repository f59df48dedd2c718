import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { siblingModule, startChild } from '../../supervision/child.ts'
import type { StartHost } from '../../supervision/host.ts'
import type { ModelFolder } from '../model-folder.ts'
import { FILES } from './files.ts'
import type { FromRewriter, ToRewriter } from './lighter.host.ts'
import type { Step } from './rewrite.ts'

export interface LightenOptions {
  /** Starts an engine process with a folder’s model. */
  start(folder: ModelFolder): StartHost
  /** Speech that the model must hear the same text in before and after. */
  sample(): Promise<Int16Array>
  signal: AbortSignal
}

/** Raised when what is written would be another thing than before. */
const VERSION = 3

/** The most that can be gained first; then without what touches numbers, or without what changes most. */
const ATTEMPTS: readonly (readonly Step[])[] = [
  ['caches', 'embedding', 'self-contained'],
  ['caches', 'self-contained'],
  ['caches', 'embedding'],
  ['caches'],
]

/**
 * Gives a Whisper model the files that `rewriteModel` makes of its own: the same text in about a third of the time.
 * They are made once, in `.lighter/` of the model's folder, and only kept when they hear in a sample of speech what the
 * originals hear. Where that is not so, or nothing can be written, the folder comes back as it is.
 */
export async function lighten(folder: ModelFolder, options: LightenOptions): Promise<ModelFolder> {
  const { encoder, decoder, tokens } = folder.files
  if (folder.manifest.family !== 'whisper' || !encoder || !decoder || !tokens) return folder
  const made = placeOf(folder.dir, [encoder, decoder])
  if (existsSync(made)) return withFiles(folder, made)
  const attempt = `${made}.${process.pid}`
  try {
    removeWhatWasLeft(join(folder.dir, '.lighter'))
    // Left empty where there is nothing to gain: the next start need not find out again.
    await makeWhatHearsTheSame(folder, { encoder, decoder, tokens }, attempt, options)
    renameSync(attempt, made)
    return withFiles(folder, made)
  } catch {
    options.signal.throwIfAborted()
    return withFiles(folder, made) // nothing, unless another process was faster
  } finally {
    remove(attempt)
  }
}

const AN_HOUR = 3_600_000

/** Attempts of servers that were killed: hundreds of megabytes each. */
function removeWhatWasLeft(dir: string): void {
  if (!existsSync(dir)) return
  for (const name of readdirSync(dir)) {
    const path = join(dir, name)
    const isOld = Date.now() - statSync(path).mtimeMs > AN_HOUR
    if (isOld && /\.v\d+\.\d+$/.test(name)) remove(path)
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // Where nothing can be removed, nothing could be written.
  }
}

/** Named after the files it was made of, so that others get another one. */
function placeOf(dir: string, files: string[]): string {
  const marks = files.map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${size}-${Math.floor(mtimeMs)}`
  })
  return join(dir, '.lighter', `${marks.join('_')}.v${VERSION}`)
}

function withFiles(folder: ModelFolder, made: string): ModelFolder {
  const there = Object.entries(FILES)
    .map(([part, name]) => [part, join(made, name)] as const)
    .filter(([, file]) => existsSync(file))
  return { ...folder, files: { ...folder.files, ...Object.fromEntries(there) } }
}

/** Fills a folder, or leaves it empty. */
async function makeWhatHearsTheSame(
  folder: ModelFolder,
  from: ToRewriter['from'],
  to: string,
  options: LightenOptions,
): Promise<void> {
  let wanted: string | undefined
  const tried = new Set<string>()
  for (const steps of ATTEMPTS) {
    // Options are for sherpa-onnx's own Whisper recogniser.
    if (folder.manifest.options && steps.includes('self-contained')) continue
    remove(to)
    mkdirSync(to, { recursive: true })
    const done = await rewritten({ from, to, steps }, options.signal)
    if (done.length === 0 || tried.has(done.join())) continue
    tried.add(done.join())
    wanted ??= await heard(folder, options)
    if (wanted === '') break // what hears nothing in speech cannot show that another hears the same
    if ((await heard(withFiles(folder, to), options)) === wanted) return
  }
  remove(to)
  mkdirSync(to)
}

async function rewritten(job: ToRewriter, signal: AbortSignal): Promise<Step[]> {
  const child = startChild(siblingModule('lighter.host', import.meta.url))
  const kill = (): void => child.kill()
  signal.addEventListener('abort', kill, { once: true })
  const answer = new Promise<FromRewriter>((resolve) => {
    child.onMessage((message) => resolve(message as FromRewriter))
    child.ended.then(() => resolve({ done: [] }))
  })
  child.send(job)
  const { done } = await answer
  child.kill()
  await child.ended
  signal.removeEventListener('abort', kill)
  signal.throwIfAborted()
  return done
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
