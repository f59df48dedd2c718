import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { spokenPcm } from '../../../test/support/speech.ts'
import { random } from '../../../test/support/tone.ts'
import { padded } from '../decoding/encode.ts'
import { floats, floatsOf, openSession } from '../decoding/sessions.ts'
import { featuresGraph } from './encoder.ts'
import { GraphBuilder } from './onnx.ts'
import { TensorFile } from './tensors.ts'

/**
 * What faster-whisper's `FeatureExtractor` makes of a second of sound in a window of 10 s, at some places (`mel,frame`):
 * of noise, and of the first second of the fixture jfk.
 */
const REFERENCE: Record<string, { mean: number; at: Record<string, number> }> = {
  noise80: {
    mean: -1.08329,
    at: {
      '0,0': 0.24342,
      '0,37': 0.49901,
      '0,99': 0.59479,
      '0,500': -1.26103,
      '10,0': 0.54578,
      '10,37': 0.62847,
      '10,99': 0.56125,
      '10,500': -1.26103,
      '40,0': 0.44176,
      '40,37': 0.45444,
      '40,99': 0.28575,
      '40,500': -1.26103,
      '79,0': 0.56619,
      '79,37': 0.58526,
      '79,99': 0.49692,
      '79,500': -1.26103,
    },
  },
  noise128: {
    mean: -1.03434,
    at: {
      '0,0': 0.16766,
      '0,37': 0.42325,
      '0,99': 0.51903,
      '0,500': -1.20476,
      '10,0': 0.08697,
      '10,37': 0.31307,
      '10,99': 0.39148,
      '10,500': -1.20476,
      '40,0': 0.76348,
      '40,37': 0.42283,
      '40,99': 0.50671,
      '40,500': -1.20476,
      '127,0': 0.53947,
      '127,37': 0.61886,
      '127,99': 0.45102,
      '127,500': -1.20476,
    },
  },
  jfk80: {
    mean: -0.3954,
    at: {
      '0,0': -0.46348,
      '0,37': -0.14598,
      '0,99': -0.03079,
      '0,500': -0.46348,
      '10,0': -0.46348,
      '10,37': 0.85211,
      '10,99': 0.5221,
      '10,500': -0.46348,
      '40,0': -0.46348,
      '40,37': 0.90556,
      '40,99': 0.1609,
      '40,500': -0.46348,
      '79,0': -0.46348,
      '79,37': -0.46348,
      '79,99': -0.46348,
      '79,500': -0.46348,
    },
  },
  jfk128: {
    mean: -0.36828,
    at: {
      '0,0': -0.43105,
      '0,37': -0.22174,
      '0,99': -0.10655,
      '0,500': -0.43105,
      '10,0': -0.43105,
      '10,37': 0.51091,
      '10,99': 0.8799,
      '10,500': -0.43105,
      '40,0': -0.43105,
      '40,37': 0.68291,
      '40,99': 0.7444,
      '40,500': -0.43105,
      '127,0': -0.43105,
      '127,37': -0.43105,
      '127,99': -0.43105,
      '127,500': -0.43105,
    },
  },
}

const WINDOW = 160_000
const SOUNDS: Record<string, () => Float32Array> = {
  noise: () => {
    const next = random(7)
    return Float32Array.from({ length: 16_000 }, () => Math.fround(next() * 2 - 1) * 0.1)
  },
  jfk: () => Float32Array.from(spokenPcm('jfk').subarray(0, 16_000), (sample) => sample / 32_768),
}

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'whisper-features-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it.each(Object.keys(REFERENCE))('features are the reference’s: %s', async (name) => {
  const mels = Number(/\d+$/.exec(name)![0])
  const path = join(dir, `${name}.onnx`)
  const tensors = new TensorFile(join(dir, `${name}.bin`))
  writeFileSync(path, featuresGraph(new GraphBuilder(tensors), mels))
  tensors.close()
  const session = await openSession(path, { threads: 1, providers: ['cpu'] })
  const samples = padded(SOUNDS[name.replace(/\d+$/, '')]!(), WINDOW)
  const { mel } = await session.run({ samples: floats(samples, [1, samples.length]) })
  const frames = WINDOW / 160
  expect(mel!.dims).toEqual([1, mels, frames])
  const values = floatsOf(mel)
  const { mean, at } = REFERENCE[name]!
  expect(values.reduce((a, b) => a + b, 0) / values.length).toBeCloseTo(mean, 3)
  for (const [place, value] of Object.entries(at)) {
    const [bin, frame] = place.split(',').map(Number) as [number, number]
    expect(Math.abs(values[bin * frames + frame]! - value), place).toBeLessThan(2e-3)
  }
})
