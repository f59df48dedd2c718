import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spokenPcm } from '../../../../test/support/speech.ts'
import { random } from '../../../../test/support/tone.ts'
import { SPEECH_FRAME as FRAME } from '../../../ports/speech-detector.ts'
import { CALL, Listener, Network, type Stretch } from './network.ts'
import { CONTEXT } from './windows.ts'

const RATE = 16_000
const dist = dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web'))
const shipped = (version: string): string => join(dist, `silero_vad_${version}.onnx`)

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-silero-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Speech, speech in noise, noise, silence, a tone that is clipped, and an end within a frame. */
function sounds(): Int16Array {
  const next = random(3)
  const speech = spokenPcm('jfk')
  const noise = Float64Array.from({ length: 3 * RATE }, () => (next() - 0.5) * 12_000)
  const noisy = speech.slice(0, 5 * RATE).map((s, i) => s * 0.4 + noise[i % noise.length]! * 0.2)
  const clipped = Int16Array.from({ length: RATE }, (_, i) => (Math.sin(i / 7) > 0 ? 32_767 : -32_768))
  const pieces = [speech, noisy, Int16Array.from(noise), new Int16Array(RATE), clipped, speech.slice(0, 5000)]
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** The shipped model, run as its makers do: frame by frame. */
async function frameByFrame(path: string, pcm: Int16Array): Promise<number[]> {
  const session = await InferenceSession.create(path, { intraOpNumThreads: 1 })
  const sr = new Tensor('int64', BigInt64Array.from([BigInt(RATE)]), [])
  let state = new Tensor('float32', new Float32Array(256), [2, 1, 128])
  const speech: number[] = []
  for (let at = 0; at < pcm.length; at += FRAME) {
    const input = new Float32Array(CONTEXT + FRAME)
    for (let i = 0; i < input.length; i++) input[i] = (pcm[at + i - CONTEXT] ?? 0) / 32_768
    const said = await session.run({ input: new Tensor('float32', input, [1, input.length]), state, sr })
    state = said.stateN as typeof state
    speech.push(said.output!.data[0] as number)
  }
  return speech
}

async function listen(network: Network, pcm: Int16Array, chunk: number): Promise<number[]> {
  const listener = new Listener(network)
  const speech: number[] = []
  const take = (stretches: Stretch[]): void => {
    for (const stretch of stretches) speech.push(...stretch.speech)
  }
  for (let at = 0; at < pcm.length; at += chunk) take(await listener.push(pcm.slice(at, at + chunk)))
  take(await listener.end())
  return speech
}

describe.each(['v5', 'v6'])('Silero %s, many frames a call', (version) => {
  it('says of every frame what the model says that is shipped', async () => {
    const pcm = sounds()
    const theirs = await frameByFrame(shipped(version), pcm)
    const ours = await listen(await Network.load(shipped(version)), pcm, pcm.length)
    expect(ours).toHaveLength(theirs.length)
    expect(Math.max(...theirs)).toBeGreaterThan(0.9)
    expect(Math.min(...theirs)).toBeLessThan(0.1)
    const off = ours.map((p, i) => Math.abs(p - theirs[i]!))
    expect(Math.max(...off)).toBeLessThan(1e-4)
  })

  it('says exactly the same however the sound comes in, with others in between', async () => {
    const network = await Network.load(shipped(version))
    const pcm = sounds()
    const whole = await listen(network, pcm, pcm.length)
    const chunks = [511, 512, 17_920, CALL - 1, CALL, CALL + 1]
    expect(await Promise.all(chunks.map((chunk) => listen(network, pcm, chunk)))).toEqual(
      chunks.map(() => whole),
    )
  })
})

describe('a file that is not Silero v5 or v6', () => {
  const refused = async (content: Buffer): Promise<void> => {
    const path = join(dir, `${content.length}.onnx`)
    writeFileSync(path, content)
    await expect(Network.load(path)).rejects.toThrow(`${path} is not Silero VAD v5 or v6`)
  }

  it('is refused, with what to take', async () => {
    await refused(readFileSync(shipped('legacy')))
    await refused(Buffer.from('no model at all'))
    await refused(Buffer.alloc(0))
  })

  it('is refused where it is cut off', async () => {
    await refused(readFileSync(shipped('v6')).subarray(0, 2_000_000))
  })
})
