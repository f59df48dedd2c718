import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Precision, writeWhisperModel } from '../../../../../bench/whisper-model.ts'
import { sampleSpeech } from '../../../../main/sample-speech.ts'
import { sherpaHosts } from '../hosts.ts'
import { loadModelFolder, type ModelFolder } from '../model-folder.ts'
import { OnnxGraph } from '../onnx/graph.ts'
import { lighten } from './lighten.ts'
import { rewriteDecoder } from './rewrite.ts'

const WORDS = 'All that was said before nine is written down here .'.split(' ').map((word) => ` ${word}`)
const SCRIPT = [{ start: 0, end: 4, words: WORDS }]

let dir: string
let speech: Int16Array
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-lighter-'))
  speech = await sampleSpeech()
})
afterAll(() => rmSync(dir, { recursive: true }))

const made = new Map<string, string>()
function model(name: string, precision: Precision = 'int8', script = SCRIPT): ModelFolder {
  const folder = made.get(name) ?? writeWhisperModel(join(dir, name), 'micro', precision, script)
  made.set(name, folder)
  return loadModelFolder(folder)
}

const start = (folder: ModelFolder) => sherpaHosts({ folder, threads: 1 })
const signal = new AbortController().signal
const lightened = (folder: ModelFolder): Promise<ModelFolder> =>
  lighten(folder, { start, sample: async () => speech, signal })

async function heard(folder: ModelFolder) {
  const host = await start(folder)(signal)
  try {
    return await host.recognise(speech, {})
  } finally {
    host.kill()
    await host.ended
  }
}

const lighterFiles = (folder: ModelFolder): string[] => readdirSync(join(folder.dir, '.lighter'))

describe('a decoder as sherpa-onnx exports it', () => {
  it('hears the same with its embedding in 8 bits and its caches short', async () => {
    const original = model('plain')
    const lighter = await lightened(original)
    expect(lighter.files.decoder).not.toBe(original.files.decoder)
    expect(await heard(lighter)).toEqual(await heard(original))
    expect((await heard(lighter)).text).toBe(WORDS.join('').trim())
    const bytes = (folder: ModelFolder): number => statSync(folder.files.decoder!).size
    expect(bytes(lighter)).toBeLessThan(bytes(original) / 2)
  })

  it('is rewritten once, and again when the file is another one', async () => {
    const original = model('again')
    const first = await lightened(original)
    const { mtimeMs } = statSync(first.files.decoder!)
    expect((await lightened(original)).files.decoder).toBe(first.files.decoder)
    expect(statSync(first.files.decoder!).mtimeMs).toBe(mtimeMs)
    utimesSync(original.files.decoder!, 1, 1)
    expect((await lightened(original)).files.decoder).not.toBe(first.files.decoder)
    expect(lighterFiles(original)).toHaveLength(2)
  })

  it('keeps no node and no weight that nothing needs', () => {
    const graph = new OnnxGraph(
      Buffer.concat(rewriteDecoder(readFileSync(model('plain').files.decoder!), 'all')!),
    )
    const read = new Set([
      ...graph.nodes.flatMap(({ inputs }) => inputs),
      ...graph.outputs.map(({ name }) => name),
    ])
    for (const { outputs } of graph.nodes) expect(outputs.some((name) => read.has(name))).toBe(true)
    for (const name of graph.tensors.keys()) expect(read.has(name)).toBe(true)
    expect(graph.nodes.map(({ op }) => op)).not.toContain('ScatterND')
  })

  it('of a model in 32 bits stays in 32 bits', async () => {
    const folder = model('wide', 'fp32')
    const graph = new OnnxGraph(Buffer.concat(rewriteDecoder(readFileSync(folder.files.decoder!), 'all')!))
    expect(graph.nodes.map(({ op }) => op)).not.toContain('MatMulInteger')
    expect((await heard(await lightened(folder))).text).toBe(WORDS.join('').trim())
  })
})

describe('a decoder stays as it is', () => {
  it('when the lighter one hears something else', async () => {
    const folder = model('differs')
    const other = model('other', 'int8', [{ start: 0, end: 4, words: [' Other', ' words'] }])
    const lied = await lighten(folder, {
      // Whatever is rewritten is heard with another model's decoder.
      start: (asked) =>
        start(asked.files.decoder === folder.files.decoder ? folder : { ...asked, files: other.files }),
      sample: async () => speech,
      signal,
    })
    expect(lied.files.decoder).toBe(folder.files.decoder)
    expect(lighterFiles(folder).map((name) => statSync(join(folder.dir, '.lighter', name)).size)).toEqual([0])
    expect((await lightened(folder)).files.decoder).toBe(folder.files.decoder)
  })

  it('when nothing is heard in the sample', async () => {
    const folder = model('silent', 'int8', [{ start: 0, end: 4, words: [] }])
    expect((await lightened(folder)).files.decoder).toBe(folder.files.decoder)
  })

  it('when the file is no model, or of another kind', async () => {
    const folder = model('broken')
    const fields = readFileSync(folder.files.decoder!)
    writeFileSync(folder.files.decoder!, fields.subarray(0, fields.length / 2))
    expect((await lightened(folder)).files.decoder).toBe(folder.files.decoder)
    const encoder = { ...folder, files: { ...folder.files, decoder: folder.files.encoder! } }
    expect((await lightened(encoder)).files.decoder).toBe(folder.files.encoder)
  })

  it('when its folder takes no files', async () => {
    const folder = model('full')
    writeFileSync(join(folder.dir, '.lighter'), 'in the way')
    expect((await lightened(folder)).files.decoder).toBe(folder.files.decoder)
  })
})
