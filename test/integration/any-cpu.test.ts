/**
 * The same words on a CPU without VNNI: Node and ONNX Runtime on an emulated Haswell of 2013, whose instructions for
 * 8 bits add pairs of products in 16 bits and cut off what does not fit.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signednessHere } from '../../src/whisper/cpu.ts'
import type { Signedness } from '../../src/whisper/graphs/linear.ts'
import { bundle } from '../support/bundle.ts'
import type { HeardJob, HearJob } from '../support/hear-jobs.ts'
import { type PlacedWord, random, toneAudio } from '../support/tone.ts'
import { writeToneWhisper } from '../support/tone-whisper.ts'
import { toyWhisper, writeCtranslate2 } from '../support/toy-whisper.ts'

const EMULATOR = 'qemu-x86_64'
const HASWELL = [EMULATOR, '-cpu', 'Haswell']
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

describe.skipIf(missing)(`a CPU without VNNI${missing ? `: ${missing}` : ''}`, () => {
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

  const job = (what: HearJob['what'], signedness: Signedness): HearJob => ({
    what,
    weights: join(dir, what === 'words' ? 'tones' : 'chance'),
    graphs: join(dir, 'graphs'),
    signedness,
    sound: join(dir, what === 'words' ? 'tones.f32' : 'noise.f32'),
  })

  /** @param emulator what runs Node; nothing: this CPU */
  async function hear(jobs: HearJob[], emulator: readonly string[] = []): Promise<HeardJob[]> {
    const [command, ...args] = [...emulator, process.execPath, program.program, JSON.stringify(jobs)]
    const limits = { timeout: LIMIT_MS.child, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 } as const
    const { stdout } = await promisify(execFile)(command!, args, limits)
    return JSON.parse(stdout) as HeardJob[]
  }

  it(
    'hears the same words at the same times, with unsigned weights',
    async () => {
      const here = signednessHere()
      const [exact, numbers] = await hear([job('words', here), job('numbers', here)])
      // The graphs that the emulated CPU takes are written here, which is quicker.
      await hear([job('words', 'unsigned'), job('numbers', 'unsigned'), job('numbers', 'signed')])
      const [old, unsigned, signed] = await hear(
        [job('words', 'unsigned'), job('numbers', 'unsigned'), job('numbers', 'signed')],
        HASWELL,
      )
      expect(exact!.words!.map(({ word }) => word.trim())).toEqual(SPOKEN.map(({ word }) => word))
      expect(old!.words!.map(({ word }) => word)).toEqual(exact!.words!.map(({ word }) => word))
      for (const [i, { start, end, probability }] of old!.words!.entries()) {
        const there = exact!.words![i]!
        expect(Math.abs(start - there.start)).toBeLessThan(0.05)
        expect(Math.abs(end - there.end)).toBeLessThan(0.05)
        expect(Math.abs(probability - there.probability)).toBeLessThan(0.01)
      }
      expect(relativeError(numbers!, unsigned!)).toBeLessThan(0.005)
      // What unsigned weights are for: 0.31 when this was written. A small error would mean that it is no Haswell.
      expect(relativeError(numbers!, signed!)).toBeGreaterThan(0.05)
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
