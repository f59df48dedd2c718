/** What the benches run on: speech of any length and scripted models, made once and kept in .cache/bench. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { sherpaHosts } from '../src/adapters/engine/sherpa/hosts.ts'
import { lighten } from '../src/adapters/engine/sherpa/lighter/lighten.ts'
import { loadModelFolder, type ModelFolder } from '../src/adapters/engine/sherpa/model-folder.ts'
import { sampleSpeech } from '../src/main/sample-speech.ts'
import { ffmpeg } from '../test/support/media.ts'
import { writeGgmlModel } from './ggml-model.ts'
import type { Script, Size } from './scripted-whisper.ts'
import { type Precision, writeWhisperModel } from './whisper-model.ts'

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

/** About as many tokens a second as English has, so that a part of 15 s costs what it costs in life. */
const SENTENCES = [
  'The quick brown fox jumps over one lazy dog , and nobody minds .',
  'Every good server keeps its promises while machines fail around it now then !',
  'Speech becomes text before you finish your coffee this morning here at home ?',
  'When lights go out nothing accepted may be lost or charged twice by us',
  'Long recordings travel piece after small until whole story stands complete from first last',
]

const WORDS = SENTENCES.flatMap((sentence) => sentence.split(' ').map((word) => ` ${word}`))
const WORDS_A_SECOND = WORDS.length / 30

/** The script of a window of `seconds`, at most 30, filled to its end: a sentence takes about six seconds. */
export function script(seconds: number): Script[] {
  const words = WORDS.slice(0, Math.round(seconds * WORDS_A_SECOND))
  const sentences = Math.max(1, Math.round(seconds / 6))
  const each = seconds / sentences
  return Array.from({ length: sentences }, (_, k) => ({
    start: k * each,
    end: (k + 1) * each - (k + 1 < sentences ? 0.4 : 0.02),
    words: words.slice((k * words.length) / sentences, ((k + 1) * words.length) / sentences),
  }))
}

/** The folder of a scripted Whisper model for Earshot. @param seconds of speech in one of its parts */
export const whisperModel = (size: Size, precision: Precision, seconds = 15): Promise<string> =>
  cached(`whisper-${size}-${precision}-${seconds}s`, async (path) => {
    writeWhisperModel(path, size, precision, script(seconds))
  })

/** What Earshot makes of it when it loads it. */
export const lighterModel = (dir: string): Promise<ModelFolder> =>
  lighten(loadModelFolder(dir), {
    start: (folder) => sherpaHosts({ folder, threads: 1 }),
    sample: sampleSpeech,
    signal: new AbortController().signal,
  })

/** The same for whisper.cpp, with f16 weights. @param seconds of speech in its window of 30 s */
export const ggmlModel = (size: Size, seconds: number): Promise<string> =>
  cached(`ggml-${size}-f16-${seconds}s.bin`, async (path) => writeGgmlModel(path, size, script(seconds)))

/** That, with its weights made 8 bit by whisper.cpp's own tool. */
export const quantisedGgmlModel = async (size: Size, seconds: number, quantize: string): Promise<string> => {
  const from = await ggmlModel(size, seconds)
  return cached(`ggml-${size}-q8_0-${seconds}s.bin`, async (path) => {
    await promisify(execFile)(quantize, [from, path, 'q8_0'])
  })
}

/** The same speech as whisper.cpp reads it. */
export const speechWav = async (seconds: number): Promise<string> => {
  const from = await speech(seconds)
  return cached(`speech-${seconds}.wav`, (path) => ffmpeg(['-i', from, '-f', 'wav', path]))
}
