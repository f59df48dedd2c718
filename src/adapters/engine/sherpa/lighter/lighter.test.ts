import {
  existsSync,
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
import { sherpaHosts } from '../hosts.ts'
import { loadModelFolder, type ModelFolder } from '../model-folder.ts'
import { FLOAT, node } from '../onnx/build.ts'
import { OnnxGraph } from '../onnx/graph.ts'
import { lighten } from './lighten.ts'
import type { DecoderShape } from './recording.ts'
import { type Rewritten, rewriteModel, type Step } from './rewrite.ts'

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
}

const made = new Map<string, string>()
function model(
  name: string,
  { precision = 'int8', script = SCRIPT, nonsense = false }: Kind = {},
): ModelFolder {
  const write = (): string =>
    writeWhisperModel(join(dir, name), 'micro', precision, nonsense ? undefined : script)
  const folder = made.get(name) ?? write()
  made.set(name, folder)
  return loadModelFolder(folder)
}

/** What is made of a model's files. */
function rewrite(
  { files }: ModelFolder,
  steps: Step[],
  shape: DecoderShape = SIZES.micro,
): Rewritten | undefined {
  const [encoder, decoder] = [readFileSync(files.encoder!), readFileSync(files.decoder!)]
  return rewriteModel({ encoder, decoder }, shape, steps)
}

const graphOf = (pieces: Buffer[]): OnnxGraph => new OnnxGraph(Buffer.concat(pieces))
const ALL: Step[] = ['caches', 'embedding', 'recording']

const start = (folder: ModelFolder) => sherpaHosts({ folder, threads: 1 })
const signal = new AbortController().signal
const lightened = (folder: ModelFolder): Promise<ModelFolder> =>
  lighten(folder, { start, sample: async () => speech, signal })

async function heardIn(folder: ModelFolder, sounds: Int16Array[]) {
  const host = await start(folder)(signal)
  try {
    const all = []
    for (const sound of sounds) all.push(await host.recognise(sound, {}))
    return all
  } finally {
    host.kill()
    await host.ended
  }
}

const heard = async (folder: ModelFolder) => (await heardIn(folder, [speech]))[0]!

const lighterFiles = (folder: ModelFolder): string[] => readdirSync(join(folder.dir, '.lighter'))

describe('a model as sherpa-onnx exports it', () => {
  it('hears the same with its embedding in 8 bits, its caches short, and the recording read in place', async () => {
    const original = model('plain')
    const lighter = await lightened(original)
    expect(lighter.files.decoder).not.toBe(original.files.decoder)
    expect(lighter.files.encoder).not.toBe(original.files.encoder)
    expect(await heard(lighter)).toEqual(await heard(original))
    expect((await heard(lighter)).text).toBe(WORDS.join('').trim())
    const bytes = (folder: ModelFolder): number => statSync(folder.files.decoder!).size
    expect(bytes(lighter)).toBeLessThan(bytes(original) / 2)
  })

  it('computes the same from the recording: its nonsense is the same for every sound', async () => {
    const original = model('nonsense', { precision: 'fp32', nonsense: true })
    const lighter = await lightened(original)
    expect(lighter.files.encoder).not.toBe(original.files.encoder)
    const sounds = [0, 8_000, 30_000, 60_000].map((from) => speech.subarray(from, from + 30_000))
    const before = await heardIn(original, sounds)
    expect(await heardIn(lighter, sounds)).toEqual(before)
    expect(new Set(before.map(({ text }) => text)).size).toBeGreaterThan(2)
  })

  it('is rewritten once, and again when a file is another one', async () => {
    const original = model('again')
    const first = await lightened(original)
    const { mtimeMs } = statSync(first.files.decoder!)
    expect((await lightened(original)).files).toEqual(first.files)
    expect(statSync(first.files.decoder!).mtimeMs).toBe(mtimeMs)
    utimesSync(original.files.decoder!, 1, 1)
    expect((await lightened(original)).files.decoder).not.toBe(first.files.decoder)
    expect(lighterFiles(original)).toHaveLength(2)
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
    expect(rewritten.steps).toEqual(['caches', 'recording'])
    expect(graphOf(rewritten.decoder).nodes.map(({ op }) => op)).not.toContain('MatMulInteger')
    expect((await heard(await lightened(folder))).text).toBe(WORDS.join('').trim())
  })

  it('leaves the encoder out where a layer reads the recording in another way', () => {
    const folder = model('plain')
    const { micro } = SIZES
    expect(rewrite(folder, ALL, { ...micro, layers: 3 })?.steps).toEqual(['caches', 'embedding'])
    const twice = graphOf([readFileSync(folder.files.decoder!)])
    // As in a model that hands its attention over: another node looks into what lies between the products.
    const softmax = twice.nodes.findLast(({ op }) => op === 'Softmax')!
    twice.add('last', [node('Identity', [softmax.outputs[0]!], 'attention')])
    twice.outputs.push({ name: 'attention', type: FLOAT, dims: ['a', 'b', 'c', 'd'] })
    const encoder = readFileSync(folder.files.encoder!)
    const rewritten = rewriteModel({ encoder, decoder: Buffer.concat(twice.write()) }, micro, ALL)
    expect(rewritten?.steps).toEqual(['caches', 'embedding'])
    expect(rewritten?.encoder).toBeUndefined()
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
        return start(asked.files.decoder === folder.files.decoder ? folder : { ...asked, files: other.files })
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
    expect(existsSync((await lightened(folder)).files.decoder!)).toBe(true)
  })
})
