import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAwake } from '../processes/awake-limit.ts'
import { isFromOutside, ToolKilled } from '../processes/killed.ts'
import { isMissing, limited, type ProcessLimits } from '../processes/limited.ts'
import { type Program, startProgram } from '../processes/program.ts'
import { mediaError } from './media-error.ts'

/**
 * The demuxers that may open a client's file. A list of what is allowed, because ffmpeg has demuxers that
 * are instructions rather than media (hls, concat, dash, sdp, image2…): a "recording" of three lines would
 * make them read other files of this machine into the transcript. Without the raw ones (amrnb, gsm…) that
 * find sound in any bytes.
 */
export const FORMATS = [
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,mpeg,asf,mxf,nut,rm,ivf,dv,gxf,wtv',
  'mp3,wav,w64,flac,ogg,aac,loas,aiff,caf,au,amr,ac3,eac3,dts,truehd,mlp,ape,tta,wv,tak',
  'mpc,mpc8,oma,voc,qcp,sox,dsf,iff',
].join(',')

/** One of several recordings in a file: a range of bytes. */
export interface Stretch {
  path: string
  from: number
  to: number
}

/** A path, or a piece of the file there. */
export type LocalFile = string | Stretch

/** The stretch that covers a whole file. @throws MediaError `not_media`: not a regular file */
export async function stretchOf(file: LocalFile): Promise<Stretch> {
  if (typeof file !== 'string') return file
  const found = await stat(file)
  if (!found.isFile()) throw mediaError('not_media')
  return { path: file, from: 0, to: found.size }
}

/** A file, or the bytes of one that is still being written. */
export type Source = LocalFile | AsyncIterable<Buffer>

const isStretch = (source: Source): source is Stretch => typeof source !== 'string' && 'path' in source

export const isGrowing = (source: Source): source is AsyncIterable<Buffer> =>
  typeof source !== 'string' && !isStretch(source)

const MB = 1024 * 1024

/**
 * The table of contents of a film of 24 hours takes 0.3 GB. Neither program writes a file. ffmpeg may compute as
 * long as somebody reads what it gives.
 */
const LIMITS: ProcessLimits = { memoryBytes: 1024 * MB, fileBytes: 0, openFiles: 64 }
const PROBE_LIMITS: ProcessLimits = { ...LIMITS, cpuSeconds: 60 }

/** Local media and nothing else, however the path looks (`http:…`, `-y`, `concat:…`). */
export const inputArguments = (source: Source): string[] => [
  ...['-protocol_whitelist', isStretch(source) ? 'file,subfile' : 'file,pipe', '-format_whitelist', FORMATS],
  // MPEG streams may bring their sound late; other containers say at once what they hold.
  ...['-analyzeduration', '20M', '-probesize', '20M'],
  ...['-i', inputName(source)],
]

function inputName(source: Source): string {
  if (isGrowing(source)) return 'pipe:0'
  if (!isStretch(source)) return `file:${source}`
  return `subfile,,start,${source.from},end,${source.to},,:file:${source.path}`
}

/** The parts of the environment that finding and starting a program takes; the server's secrets are not. */
const ENVIRONMENT = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'SYSTEMROOT',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  // Where its fonts are.
  'FONTCONFIG_FILE',
  'FONTCONFIG_PATH',
]

export class ToolMissing extends Error {
  constructor(tool: string, options?: ErrorOptions) {
    super(`${tool} cannot be started: is ffmpeg installed and on PATH?`, options)
    this.name = 'ToolMissing'
  }
}

export interface Tool {
  stdout: Readable
  /** What the program said first on stderr: 16 kB, unless more was asked for. */
  complaints(): string
  /** Ends the program and whatever it started. */
  kill(): void
  /** The exit code, null when we killed it or it fell over. @throws ToolMissing, ToolKilled */
  exited: Promise<number | null>
}

const STDERR_LIMIT = 16 * 1024
/** ffmpeg's exit code after a signal that asks it to end. It says so only in messages of a lower level than is asked for. */
const ASKED_TO_END = 255

/**
 * Starts ffmpeg or ffprobe: no shell, its own process group, and no stdin but `input`. A failing input ends
 * the program, and is what `exited` rejects with.
 * @param options.heard how much of what it says on stderr is kept, characters
 */
export function start(
  tool: string,
  args: readonly string[],
  input?: AsyncIterable<Buffer>,
  {
    limits = LIMITS,
    cwd,
    heard = STDERR_LIMIT,
  }: { limits?: ProcessLimits; cwd?: string; heard?: number } = {},
): Tool {
  const env = Object.fromEntries(ENVIRONMENT.flatMap((k) => (process.env[k] ? [[k, process.env[k]]] : [])))
  const program = startProgram(limited([tool, ...args], limits), {
    env: { ...env, AV_LOG_FORCE_NOCOLOR: '1' },
    stdin: input !== undefined,
    ...(cwd !== undefined && { cwd }),
  })
  let stderr = ''
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < heard) stderr = (stderr + text).slice(0, heard)
  })
  const kill = (): void => program.kill('SIGKILL')
  const fed = input ? feed(program, input, kill) : undefined
  fed?.catch(() => {}) // heard of in `exited`
  const exited = program.ended.then(
    async ({ code, signal, killed }) => {
      if (isMissing(code, stderr)) throw new ToolMissing(tool)
      if (!killed && (isFromOutside(signal) || code === ASKED_TO_END))
        throw new ToolKilled(tool, signal ?? 'SIGTERM')
      await fed
      return code
    },
    (cause: unknown) => {
      throw new ToolMissing(tool, { cause })
    },
  )
  exited.catch(() => {}) // whoever awaits it hears of it; nobody may be, yet
  return { stdout: program.stdout, complaints: () => stderr, kill, exited }
}

/** @throws what the input throws; a program that has heard enough is no fault of it */
async function feed(program: Program, input: AsyncIterable<Buffer>, kill: () => void): Promise<void> {
  const fault: { cause?: unknown } = {}
  // What the program's end throws in at `yield` is no fault of the input's.
  const noted = async function* (): AsyncGenerator<Buffer> {
    const buffers = input[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await buffers.next().catch((cause: unknown) => {
          fault.cause = cause
          throw cause
        })
        if (next.done) return
        yield next.value
      }
    } finally {
      await buffers.return?.()
    }
  }
  const source = Readable.from(noted(), { objectMode: false })
  try {
    await pipeline(source, await program.stdin())
  } catch {
    source.destroy()
    if ('cause' in fault) kill()
  }
  if ('cause' in fault) throw fault.cause
}

export interface RunLimits {
  timeoutMs: number
  maxBytes: number
  signal?: AbortSignal | undefined
  /** What the tool reads on stdin, made anew for each try. */
  input?: () => AsyncIterable<Buffer>
}

export interface RunResult {
  /** Null: killed at a limit. */
  code: number | null
  stdout: string
  stderr: string
}

/**
 * Runs a tool to its end and returns what it said; once more where somebody else killed it.
 * @throws ToolMissing, ToolKilled; the signal's reason when aborted
 */
export const run = (tool: string, args: readonly string[], limits: RunLimits): Promise<RunResult> =>
  runOnce(tool, args, limits).catch((error: unknown) => {
    if (error instanceof ToolKilled) return runOnce(tool, args, limits)
    throw error
  })

async function runOnce(tool: string, args: readonly string[], limits: RunLimits): Promise<RunResult> {
  limits.signal?.throwIfAborted()
  const child = start(tool, args, limits.input?.(), { limits: PROBE_LIMITS })
  const endLimit = afterAwake(limits.timeoutMs, child.kill)
  limits.signal?.addEventListener('abort', child.kill)
  try {
    let stdout = ''
    for await (const text of child.stdout.setEncoding('utf8')) {
      stdout += text
      if (stdout.length > limits.maxBytes) child.kill()
    }
    const code = await child.exited
    limits.signal?.throwIfAborted()
    return { code, stdout, stderr: child.complaints() }
  } finally {
    endLimit()
    limits.signal?.removeEventListener('abort', child.kill)
    child.kill()
  }
}
