/** Graphs are made once for each folder of weights and kind of CPU, and found again. */
import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { readVocabulary, type Vocabulary } from '../text/vocabulary.ts'
import { openWeights } from '../weights/open.ts'
import { readSpec, type WhisperSpec } from '../weights/spec.ts'
import type { WhisperShape } from '../weights/weights.ts'
import { type GraphFiles, type OnCard, SCHEMES, writeGraphs } from './build.ts'

/** Rises whenever graphs that stand somewhere must be made anew. */
const FORMAT = 9
const MANIFEST = 'whisper.json'
const VOCABULARY = 'vocabulary.json'

export interface Prepared {
  graphs: GraphFiles
  shape: WhisperShape
  spec: WhisperSpec
  vocabulary: Vocabulary
}

export interface PrepareOptions {
  /** The weights, as people have them. */
  folder: string
  /** Where prepared models stand, each in a folder of its own. */
  into: string
  /** Default: nothing. */
  onCard?: OnCard
  /** Told before graphs are made, which takes from seconds to a minute or two; not called where they are found. */
  onBuild?(): void
}

interface Manifest {
  format: number
  /** Bytes of each file, to notice one that was cut off. */
  files: Record<string, number>
  shape: WhisperShape
  spec: WhisperSpec
}

/** @throws WeightsError, or Error where the disk is full */
export function prepare(options: PrepareOptions): Prepared {
  const target = join(options.into, nameOf(options))
  const found = read(target, options.folder)
  if (found) return found
  options.onBuild?.()
  mkdirSync(options.into, { recursive: true })
  removeAbandoned(options.into)
  const partial = join(options.into, `.${process.pid}-${randomUUID()}`)
  mkdirSync(partial)
  try {
    build(options, partial)
    // Somebody else may have made the same meanwhile: one of the two is kept.
    if (!read(target, options.folder)) {
      rmSync(target, { recursive: true, force: true })
      renameSync(partial, target)
    }
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  const made = read(target, options.folder)
  if (!made) throw new Error(`the model cannot be prepared in ${options.into}`)
  return made
}

function build({ folder, onCard = 'nothing' }: PrepareOptions, partial: string): void {
  const weights = openWeights(folder)
  try {
    const vocabulary = readVocabulary(folder)
    const spec = readSpec(folder, weights, vocabulary)
    writeGraphs(weights, spec, partial, SCHEMES[onCard])
    writeFileSync(join(partial, VOCABULARY), written(vocabulary, weights.shape), { flush: true })
    const files = Object.fromEntries(
      readdirSync(partial).map((name) => [name, statSync(join(partial, name)).size]),
    )
    const manifest: Manifest = { format: FORMAT, files, shape: weights.shape, spec }
    writeFileSync(join(partial, MANIFEST), JSON.stringify(manifest), { flush: true })
    const directory = openSync(partial, 'r')
    fsyncSync(directory)
    closeSync(directory)
  } finally {
    weights.close()
  }
}

/** Undefined where there is none, or it is of another format or not whole. */
function read(target: string, folder: string): Prepared | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(target, MANIFEST), 'utf8')) as Manifest
    if (manifest.format !== FORMAT) return undefined
    for (const [name, bytes] of Object.entries(manifest.files))
      if (statSync(join(target, name)).size !== bytes) return undefined
    const graphs = { encoder: join(target, 'encoder.onnx'), decoder: join(target, 'decoder.onnx') }
    const vocabulary = readWritten(readFileSync(join(target, VOCABULARY), 'utf8'), folder)
    return { graphs, shape: manifest.shape, spec: manifest.spec, vocabulary }
  } catch {
    return undefined
  }
}

/** Much quicker to read than the folder's own: 15 ms where a tokenizer.json takes 100. Spellings stand at their numbers. */
const written = ({ text, plain, special }: Vocabulary, { vocabulary }: WhisperShape): string =>
  JSON.stringify({
    text: Array.from({ length: vocabulary }, (_, id) => text.get(id) ?? null),
    plain: [...plain],
    special: [...special],
  })

function readWritten(json: string, folder: string): Vocabulary {
  const {
    text: spellings,
    plain,
    special,
  } = JSON.parse(json) as {
    text: (string | null)[]
    plain: [number, string][]
    special: [string, number][]
  }
  // Only prompts need the merges, and few have one.
  const merges = (): Iterable<readonly [string, string]> => readVocabulary(folder).merges?.() ?? []
  const text = new Map<number, string>()
  for (let id = 0; id < spellings.length; id++) {
    const spelling = spellings[id]
    if (spelling != null) text.set(id, spelling)
  }
  return { text, plain: new Map(plain), special: new Map(special), merges }
}

/** A name that is another one for other weights: of its files' names, sizes and times. */
function nameOf({ folder, onCard = 'nothing' }: PrepareOptions): string {
  const real = realpathSync(folder)
  const hash = createHash('sha256').update(`${FORMAT} ${real}`)
  for (const name of readdirSync(real).sort()) {
    if (!/\.(bin|safetensors|json|txt)$/.test(name)) continue
    const { size, mtimeMs } = statSync(join(real, name))
    hash.update(`\n${name} ${size} ${mtimeMs}`)
  }
  const plain = basename(real).replace(/[^A-Za-z0-9._-]/g, '_')
  const kind = { nothing: 'cpu', encoder: 'card', both: 'card-whole' }[onCard]
  return `${plain}-${kind}-${hash.digest('hex').slice(0, 16)}`
}

/** What a process that is gone left half made, and what an older version made: a hundred megabytes, or gigabytes. */
function removeAbandoned(into: string): void {
  for (const name of readdirSync(into)) {
    const pid = /^\.(\d+)-/.exec(name)?.[1]
    if (pid === undefined ? isOutdated(join(into, name)) : !isRunning(Number(pid)))
      rmSync(join(into, name), { recursive: true, force: true })
  }
}

/** Whoever has older graphs open keeps them until it closes them; a newer version's are not touched. */
function isOutdated(folder: string): boolean {
  try {
    return (JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest).format < FORMAT
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
