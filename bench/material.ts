/** What the benches run on: speech of any length, made once and kept in .cache/bench, and a model. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ffmpeg } from '../test/support/media.ts'
import { whisperBase } from '../test/support/packages.ts'

export const CACHE = resolve(import.meta.dirname, '../.cache/bench')
const PROSE = resolve(import.meta.dirname, '../test/fixtures/lyrics/prose.txt')

const making = new Map<string, Promise<string>>()

/** Makes a file of the cache unless it is there. */
function cached(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const made = making.get(name) ?? makeOnce(name, make)
  making.set(name, made)
  return made
}

async function makeOnce(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(CACHE, name)
  if (existsSync(path)) return path
  await mkdir(CACHE, { recursive: true })
  const unfinished = join(CACHE, `unfinished-${process.pid}-${name}`)
  await make(unfinished)
  await rename(unfinished, path)
  return path
}

/** Speech with pauses: espeak-ng reads prose, over and over until it is long enough. 16 kHz FLAC. */
export const speech = (seconds: number): Promise<string> =>
  cached(`speech-${seconds}.flac`, async (path) => {
    const once = await cached('speech.wav', readAloud)
    await ffmpeg([
      '-stream_loop',
      '-1',
      '-i',
      once,
      '-t',
      String(seconds),
      '-ar',
      '16000',
      '-f',
      'flac',
      path,
    ])
  })

async function readAloud(path: string): Promise<void> {
  const text = (await readFile(PROSE, 'utf8')).replace(/^#.*\n/gm, '')
  const said = `${path}.text`
  await writeFile(said, text)
  const reading = promisify(execFile)('espeak-ng', ['-v', 'en-us', '-s', '150', '-f', said, '-w', path])
  await reading.catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new Error('install espeak-ng: it reads the speech of the benches') : cause
  })
  await rm(said)
}

/** Whisper's weights: the folder that `EARSHOT_BENCH_MODEL` names, or Whisper base as the tests have it. */
export const benchModel = async (): Promise<string> => process.env.EARSHOT_BENCH_MODEL ?? whisperBase()
