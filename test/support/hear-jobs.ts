/** A program that hears with Whisper's weights and says what it heard: for a CPU that is only emulated here. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { padded } from '../../src/whisper/decoding/encode.ts'
import { bytes, floats, floatsOf, openSession } from '../../src/whisper/decoding/sessions.ts'
import { LARGEST_WEIGHT } from '../../src/whisper/graphs/linear.ts'
import { FLOAT, GraphBuilder, UINT8 } from '../../src/whisper/graphs/onnx.ts'
import { prepare } from '../../src/whisper/graphs/prepare.ts'
import { openModel, type WhisperModel } from '../../src/whisper/model.ts'
import { Ear, type Heard } from '../../src/whisper/strategy/ear.ts'
import { openTokenizer } from '../../src/whisper/text/tokenizer.ts'

export interface HearJob {
  /**
   * Words; or what the encoder makes of no more than the sound, its numbers, which takes a tenth of the time; or
   * the largest products of bytes and weights, each over what it should be: of 7 bits, as ours, and of 8.
   */
  what: 'words' | 'numbers' | 'products'
  /** The folder of weights, and where its graphs are kept. */
  weights: string
  graphs: string
  /** A file of 32-bit floats: 16 kHz, mono. */
  sound: string
}

export interface HeardJob {
  words?: Heard['words']
  /** The keys of the encoder's layers. */
  numbers?: number[][]
  products?: { ours: number; full: number }
}

async function hear({ what, weights, graphs, sound }: HearJob): Promise<HeardJob> {
  if (what === 'products')
    return { products: { ours: await product(graphs, LARGEST_WEIGHT), full: await product(graphs, 127) } }
  const { graphs: files, ...made } = prepare({ folder: weights, into: graphs })
  const tokenizer = openTokenizer(weights, made.vocabulary)
  const model = await openModel(files, { ...made, tokenizer }, { threads: 1 })
  const samples = new Float32Array(new Uint8Array(readFileSync(sound)).buffer)
  if (what === 'numbers') return { numbers: await encoded(model, samples) }
  const [heard] = await new Ear(model).hear([{ samples }])
  return { words: heard!.words }
}

/** Without the silence that fills a window. */
async function encoded({ encoder: { session } }: WhisperModel, samples: Float32Array): Promise<number[][]> {
  const window = padded(samples, samples.length)
  const out = await session.run({ samples: floats(window, [1, window.length]) })
  const keys = session.outputNames.filter((name) => name.startsWith('ck'))
  return keys.map((name) => {
    const [scale] = floatsOf(out[name.replace('c', 's')])
    return Array.from(out[name]!.data as Uint8Array, (byte) => (byte - 128) * scale!)
  })
}

const [ROWS, LENGTH] = [16, 64]

async function product(folder: string, weight: number): Promise<number> {
  const graph = new GraphBuilder()
  const weights = graph.constant({ data: new Int8Array(LENGTH * ROWS).fill(weight), dims: [LENGTH, ROWS] })
  const sums = graph.node('MatMulInteger', ['x', weights])
  graph.node('Cast', [sums], { attributes: { to: FLOAT }, outputs: ['y'] })
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `product-${weight}.onnx`)
  const sides = (type: number, last: number) => ({ type, dims: [ROWS, last] })
  writeFileSync(
    path,
    graph.model([{ name: 'x', ...sides(UINT8, LENGTH) }], [{ name: 'y', ...sides(FLOAT, ROWS) }]),
  )
  const session = await openSession(path, { threads: 1, providers: ['cpu'] })
  const { y } = await session.run({ x: bytes(new Uint8Array(ROWS * LENGTH).fill(255), [ROWS, LENGTH]) })
  return floatsOf(y)[0]! / (255 * weight * LENGTH)
}

const heard: HeardJob[] = []
for (const job of JSON.parse(process.argv[2]!) as HearJob[]) heard.push(await hear(job))
process.stdout.write(JSON.stringify(heard))
