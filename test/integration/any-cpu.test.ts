/**
 * The same words on other CPUs, which are emulated. On a Haswell of 2013, without VNNI, instructions for 8 bits add
 * pairs of products in 16 bits and cut off what does not fit, which is why weights have 7. On ARM all kernels are others.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arm64Node } from '../support/arm64.ts'
import { bundle } from '../support/bundle.ts'
import type { HeardJob, HearJob } from '../support/hear-jobs.ts'
import { type PlacedWord, random, toneAudio } from '../support/tone.ts'
import { writeToneWhisper } from '../support/tone-whisper.ts'
import { toyWhisper, writeCtranslate2 } from '../support/toy-whisper.ts'

const EMULATOR = 'qemu-x86_64'
const HASWELL = [EMULATOR, '-cpu', 'Haswell', process.execPath]
/** Half a minute where nothing else runs. The child's own limit comes first, so that it is not left behind. */
const LIMIT_MS = { child: 540_000, test: 600_000 }
const SECOND = 16_000
const SPOKEN: PlacedWord[] = [
  { word: 'three', at: 0.2 },
  { word: 'one', at: 0.8 },
  { word: 'two', at: 1.4 },
]

function whyNot(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is no x86-64 Linux'
  const there = (process.env.PATH ?? '').split(':').some((dir) => existsSync(join(dir, EMULATOR)))
  return there ? undefined : `there is no ${EMULATOR}`
}
const missing = whyNot()
const arm = await arm64Node()

let dir: string
let program: Awaited<ReturnType<typeof bundle>>
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-cpu-'))
  program = await bundle(join(import.meta.dirname, '../support/hear-jobs.ts'))
  writeToneWhisper(join(dir, 'tones'))
  const tones = toneAudio(SPOKEN, 2)
  writeFloats('tones.f32', tones.length, (i) => tones[i]! / 32_768)
  writeCtranslate2(join(dir, 'chance'), toyWhisper({ width: 128 }))
  const next = random(1)
  writeFloats('noise.f32', SECOND, () => next() - 0.5)
})
afterAll(async () => {
  await program?.remove()
  rmSync(dir, { recursive: true, force: true })
})

function writeFloats(name: string, length: number, at: (i: number) => number): void {
  const samples = Float32Array.from({ length }, (_, i) => at(i))
  writeFileSync(join(dir, name), new Uint8Array(samples.buffer))
}

const job = (what: HearJob['what']): HearJob => ({
  what,
  weights: join(dir, what === 'words' ? 'tones' : 'chance'),
  graphs: join(dir, 'graphs'),
  sound: join(dir, what === 'words' ? 'tones.f32' : 'noise.f32'),
})

/** @param node what runs a program of Node's; nothing: this CPU */
async function hear(jobs: HearJob[], node: readonly string[] = [process.execPath]): Promise<HeardJob[]> {
  const [command, ...args] = [...node, program.program, JSON.stringify(jobs)]
  const limits = { timeout: LIMIT_MS.child, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 } as const
  const { stdout } = await promisify(execFile)(command!, args, limits)
  return JSON.parse(stdout) as HeardJob[]
}

function expectSameWords(got: HeardJob, wanted: HeardJob): void {
  expect(wanted.words!.map(({ word }) => word.trim())).toEqual(SPOKEN.map(({ word }) => word))
  expect(got.words!.map(({ word }) => word)).toEqual(wanted.words!.map(({ word }) => word))
  for (const [i, { start, end, probability }] of got.words!.entries()) {
    const there = wanted.words![i]!
    expect(Math.abs(start - there.start)).toBeLessThan(0.05)
    expect(Math.abs(end - there.end)).toBeLessThan(0.05)
    expect(Math.abs(probability - there.probability)).toBeLessThan(0.01)
  }
}

describe.skipIf(missing)(`a CPU without VNNI${missing ? `: ${missing}` : ''}`, () => {
  it(
    'hears the same words at the same times',
    async () => {
      // The graphs that the emulated CPU takes are written here, which is quicker.
      const [exact, numbers] = await hear([job('words'), job('numbers')])
      const [words, there, { products } = {}] = await hear(
        [job('words'), job('numbers'), job('products')],
        HASWELL,
      )
      expectSameWords(words!, exact!)
      expect(relativeError(numbers!, there!)).toBeLessThan(0.005)
      expect(products!.ours).toBe(1)
      // Else it is no Haswell.
      expect(products!.full).toBeLessThan(0.6)
    },
    LIMIT_MS.test,
  )
})

describe.skipIf(arm.missing)(`an ARM${arm.missing ? `: ${arm.missing}` : ''}`, () => {
  it(
    'hears the same words at the same times',
    async () => {
      const jobs = [job('words'), job('numbers')]
      // The graphs are written here, which is quicker.
      const [exact, numbers] = await hear(jobs)
      const [words, there] = await hear(jobs, arm.node)
      expectSameWords(words!, exact!)
      expect(relativeError(numbers!, there!)).toBeLessThan(0.005)
    },
    LIMIT_MS.test,
  )
})

/** The length of a difference over the length of what it is from. */
function relativeError({ numbers: wanted }: HeardJob, { numbers: got }: HeardJob): number {
  let error = 0
  let all = 0
  wanted!.forEach((layer, k) => {
    layer.forEach((value, i) => {
      error += (value - got![k]![i]!) ** 2
      all += value ** 2
    })
  })
  return Math.sqrt(error / all)
}
