import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Script, SIZES } from '../../../../../bench/scripted-whisper.ts'
import { type Precision, writeWhisperModel } from '../../../../../bench/whisper-model.ts'
import { sampleSpeech } from '../../../../main/sample-speech.ts'
import type { RecogniseOptions } from '../../../../ports/engine.ts'
import { sherpaHosts } from '../hosts.ts'
import { loadModelFolder, type ModelFolder } from '../model-folder.ts'
import { FLOAT, node } from '../onnx/build.ts'
import { intsOf, OnnxGraph } from '../onnx/graph.ts'
import { readOnnxMetadata } from '../onnx/metadata.ts'
import { isSelfContained } from '../self-contained.ts'
import { lighten } from './lighten.ts'
import { type Rewritten, rewriteModel, type Step, type WhisperModel } from './rewrite.ts'
import { readWhisperTokens } from './whisper-tokens.ts'

const WORDS = 'All that was said before nine is written down here .'.split(' ').map((word) => ` ${word}`)
const SCRIPT = [{ start: 0, end: 4, words: WORDS }]

let dir: string
let speech: Int16Array
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-lighter-'))
  speech = await sampleSpeech()
})
afterAll(() => rmSync(dir, { recursive: true }))

interface Kind {
  precision?: Precision
  script?: Script[]
  /** Says nonsense instead, another one for each sound. */
  nonsense?: boolean
  /** Knows no other language. */
  english?: boolean
}

const made = new Map<string, string>()
function model(name: string, kind: Kind = {}): ModelFolder {
  const { precision = 'int8', script = SCRIPT, nonsense = false, english = false } = kind
  const write = (): string =>
    writeWhisperModel(join(dir, name), 'micro', precision, nonsense ? undefined : script, english)
  const folder = made.get(name) ?? write()
  made.set(name, folder)
  return loadModelFolder(folder)
}

/** What is made of a model's files. */
function rewrite(
  { files }: ModelFolder,
  steps: Step[],
  change: Partial<WhisperModel> = {},
): Rewritten | undefined {
  const model = {
    encoder: readFileSync(files.encoder!),
    decoder: readFileSync(files.decoder!),
    shape: SIZES.micro,
    tokens: readWhisperTokens(readOnnxMetadata(files.encoder!)),
  }
  return rewriteModel({ ...model, ...change }, steps)
}

const graphOf = (pieces: Buffer[]): OnnxGraph => new OnnxGraph(Buffer.concat(pieces))
const ALL: Step[] = ['caches', 'embedding', 'self-contained']

const start = (folder: ModelFolder) => sherpaHosts({ folder, threads: 1 })
const signal = new AbortController().signal
const lightened = (folder: ModelFolder): Promise<ModelFolder> =>
  lighten(folder, { start, sample: async () => speech, signal })

type Part = [sound: Int16Array, options: RecogniseOptions]

async function heardIn(folder: ModelFolder, parts: Part[]) {
  const host = await start(folder)(signal)
  try {
    const all = []
    for (const [sound, options] of parts) all.push(await host.recognise(sound, options))
    return all
  } finally {
    host.kill()
    await host.ended
  }
}

const heard = async (folder: ModelFolder) => (await heardIn(folder, [[speech, {}]]))[0]!

const lighterFiles = (folder: ModelFolder): string[] => readdirSync(join(folder.dir, '.lighter'))

describe('a model as sherpa-onnx exports it', () => {
  it('hears the same with its embedding in 8 bits, its caches short, and on its own', async () => {
    const original = model('plain')
    const lighter = await lightened(original)
    expect(isSelfContained(lighter)).toBe(true)
    expect(await heard(lighter)).toEqual(await heard(original))
    expect((await heard(lighter)).text).toBe(WORDS.join('').trim())
    const bytes = (path: string): number => statSync(path).size
    expect(bytes(lighter.files.mergedDecoder!)).toBeLessThan(bytes(original.files.decoder!) / 2)
  })

  // What differs by a little in the features, the prompt, the attention or the rules soon ends in other words.
  it.each([
    ['many languages', false],
    ['one language', true],
  ])('talks the same nonsense about every sound, with %s', async (name, english) => {
    const original = model(`nonsense in ${name}`, { precision: 'fp32', nonsense: true, english })
    const lighter = await lightened(original)
    expect(isSelfContained(lighter)).toBe(true)
    const part = (from: number, length: number, options: RecogniseOptions = {}): Part => [
      speech.subarray(from, from + length),
      options,
    ]
    const parts = [part(0, 30_000), part(8_000, 30_077), part(30_000, 40_001), part(60_000, 7_000)]
    const choices = [part(60_000, 50_000, { language: 'de' }), part(5_000, 25_000, { task: 'translate' })]
    if (!english) parts.push(...choices)
    const before = await heardIn(original, parts)
    expect(await heardIn(lighter, parts)).toEqual(before)
    expect(new Set(before.map(({ text }) => text)).size).toBeGreaterThan(2)
  })

  it('is rewritten once, and again when a file is another one', async () => {
    const original = model('again')
    const first = await lightened(original)
    const { mtimeMs } = statSync(first.files.encoder!)
    expect((await lightened(original)).files).toEqual(first.files)
    expect(statSync(first.files.encoder!).mtimeMs).toBe(mtimeMs)
    utimesSync(original.files.decoder!, 1, 1)
    expect((await lightened(original)).files.encoder).not.toBe(first.files.encoder)
    expect(lighterFiles(original)).toHaveLength(2)
  })

  it('clears away what a killed server left half made', async () => {
    const original = model('left')
    const left = join(original.dir, '.lighter', '1-2_3-4.v3.4711')
    const young = join(original.dir, '.lighter', '1-2_3-4.v3.4712')
    for (const path of [left, young]) mkdirSync(path, { recursive: true })
    utimesSync(left, 1, 1)
    await lightened(original)
    expect(lighterFiles(original)).toHaveLength(2)
    expect([left, young].map((path) => existsSync(path))).toEqual([false, true])
  })

  it('keeps no node and no weight that nothing needs', () => {
    const graph = graphOf(rewrite(model('plain'), ALL)!.decoder)
    const read = new Set([
      ...graph.nodes.flatMap(({ inputs, inner }) => [...inputs, ...inner]),
      ...graph.outputs.map(({ name }) => name),
    ])
    for (const { outputs } of graph.nodes) expect(outputs.some((name) => read.has(name))).toBe(true)
    for (const name of graph.tensors.keys()) expect(read.has(name)).toBe(true)
    expect(graph.nodes.map(({ op }) => op)).not.toContain('ScatterND')
  })

  it('of a model in 32 bits stays in 32 bits', async () => {
    const folder = model('wide', { precision: 'fp32' })
    const rewritten = rewrite(folder, ALL)!
    expect(rewritten.steps).toEqual(['caches', 'self-contained'])
    expect(graphOf(rewritten.decoder).nodes.map(({ op }) => op)).not.toContain('MatMulInteger')
    expect((await heard(await lightened(folder))).text).toBe(WORDS.join('').trim())
  })

  it('is not self-contained where a layer reads the recording in another way', () => {
    const folder = model('plain')
    const shape = { ...SIZES.micro, layers: 3 }
    expect(rewrite(folder, ALL, { shape })?.steps).toEqual(['caches', 'embedding'])
    const decoder = graphOf([readFileSync(folder.files.decoder!)])
    const turns = decoder.nodes.filter(({ op }) => op === 'Transpose')
    const ofKeys = turns.findLast((each) => intsOf(each, 'perm').join() === '0,2,3,1')!
    const ofValues = turns.findLast((each) => intsOf(each, 'perm').join() === '0,2,1,3')!
    ofKeys.rest = ofValues.rest
    const other = rewrite(folder, ALL, { decoder: Buffer.concat(decoder.write()) })
    expect(other?.steps).toEqual(['caches', 'embedding'])
    expect(other?.encoder).toBeUndefined()
  })

  it('is not self-contained where it hands over its attention, or has options of its own', async () => {
    const folder = model('plain')
    const decoder = graphOf([readFileSync(folder.files.decoder!)])
    const weights = decoder.nodes.findLast(({ op }) => op === 'Softmax')!
    decoder.add('last', [node('Identity', [weights.outputs[0]!], 'attention')])
    decoder.outputs.push({ name: 'attention', type: FLOAT, dims: ['a', 'b', 'c', 'd'] })
    const rewritten = rewrite(folder, ALL, { decoder: Buffer.concat(decoder.write()) })
    expect(rewritten?.steps).toEqual(['caches', 'embedding'])
    const own = model('options')
    const lighter = await lightened({ ...own, manifest: { ...own.manifest, options: { tailPaddings: 80 } } })
    expect(isSelfContained(lighter)).toBe(false)
    expect(lighter.files.decoder).not.toBe(own.files.decoder)
  })
})

describe('a model stays as it is', () => {
  it('when the lighter one hears something else', async () => {
    const folder = model('differs')
    const other = model('other', { script: [{ start: 0, end: 4, words: [' Other', ' words'] }] })
    let started = 0
    const lied = await lighten(folder, {
      // Whatever is rewritten is heard with another model's files.
      start: (asked) => {
        started++
        return start(asked === folder ? folder : { ...asked, files: other.files })
      },
      sample: async () => speech,
      signal,
    })
    expect(lied.files).toEqual(folder.files)
    expect(started).toBe(5)
    expect(lighterFiles(folder).map((name) => readdirSync(join(folder.dir, '.lighter', name)))).toEqual([[]])
    expect((await lightened(folder)).files).toEqual(folder.files)
  })

  it('when nothing is heard in the sample', async () => {
    const folder = model('silent', { script: [{ start: 0, end: 4, words: [] }] })
    expect((await lightened(folder)).files).toEqual(folder.files)
  })

  it('when a file is no model, or of another kind', async () => {
    const folder = model('broken')
    const fields = readFileSync(folder.files.decoder!)
    writeFileSync(folder.files.decoder!, fields.subarray(0, fields.length / 2))
    expect((await lightened(folder)).files).toEqual(folder.files)
    const encoder = { ...folder, files: { ...folder.files, decoder: folder.files.encoder! } }
    expect((await lightened(encoder)).files).toEqual(encoder.files)
  })

  it('when its folder takes no files', async () => {
    const folder = model('full')
    writeFileSync(join(folder.dir, '.lighter'), 'in the way')
    expect((await lightened(folder)).files).toEqual(folder.files)
  })

  it('when it was being made as the server stopped', async () => {
    const folder = model('stopped')
    const stop = new AbortController()
    const making = lighten(folder, {
      start,
      sample: async () => {
        stop.abort(new Error('stopped'))
        return speech
      },
      signal: stop.signal,
    })
    await expect(making).rejects.toThrow('stopped')
    expect(lighterFiles(folder)).toEqual([])
    expect(isSelfContained(await lightened(folder))).toBe(true)
  })
})
