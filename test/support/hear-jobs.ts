/** A program that hears with Whisper's weights and says what it heard: for a CPU that is only emulated here. */
import { readFileSync } from 'node:fs'
import { padded } from '../../src/whisper/decoding/encode.ts'
import { floats, floatsOf } from '../../src/whisper/decoding/sessions.ts'
import type { Signedness } from '../../src/whisper/graphs/linear.ts'
import { prepare } from '../../src/whisper/graphs/prepare.ts'
import { openModel, type WhisperModel } from '../../src/whisper/model.ts'
import { Ear, type Heard } from '../../src/whisper/strategy/ear.ts'
import { openTokenizer } from '../../src/whisper/text/tokenizer.ts'

export interface HearJob {
  /** Words, or what the encoder makes of no more than the sound: its numbers, which takes a tenth of the time. */
  what: 'words' | 'numbers'
  /** The folder of weights, and where its graphs are kept. */
  weights: string
  graphs: string
  signedness: Signedness
  /** A file of 32-bit floats: 16 kHz, mono. */
  sound: string
}

export interface HeardJob {
  words?: Heard['words']
  /** The keys of the encoder's layers. */
  numbers?: number[][]
}

async function hear({ what, weights, graphs, signedness, sound }: HearJob): Promise<HeardJob> {
  const { graphs: files, ...made } = prepare({ folder: weights, into: graphs, signedness })
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

const heard: HeardJob[] = []
for (const job of JSON.parse(process.argv[2]!) as HearJob[]) heard.push(await hear(job))
process.stdout.write(JSON.stringify(heard))
