import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { knownSpeech, spokenPcm } from '../../../test/support/speech.ts'
import { toneAudio } from '../../../test/support/tone.ts'
import {
  type Heard,
  SPEECH_FRAME,
  type SpeechDetector,
  type SpeechRegion,
  type SpeechSettings,
} from '../../ports/speech-detector.ts'
import { createSpeechDetector } from './index.ts'

const hasVoice = spawnSync('flite', ['--version']).error === undefined

const RATE = 16_000
let dir: string
const detectors: SpeechDetector[] = []
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-speech-'))
})
afterEach(async () => {
  await Promise.all(detectors.splice(0).map((each) => each.close()))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function detector(): ReturnType<typeof createSpeechDetector> {
  const made = createSpeechDetector()
  detectors.push(made)
  return made
}

/** flite's voice at 16 kHz, which is what it speaks at. */
function speech(text: string): Int16Array {
  const path = join(dir, 'spoken.wav')
  spawnSync('flite', ['-voice', 'rms', '-t', text, '-o', path])
  const file = readFileSync(path)
  const data = file.indexOf('data') + 8
  return new Int16Array(
    file.buffer.slice(file.byteOffset + data, file.byteOffset + data + ((file.length - data) & ~1)),
  )
}

function recording(seconds: number, ...spoken: { at: number; pcm: Int16Array }[]): Int16Array {
  const pcm = toneAudio([], seconds)
  for (const { at, pcm: voice } of spoken) pcm.set(voice, at * RATE)
  return pcm
}

interface All {
  regions: SpeechRegion[]
  probabilities: number[]
}

async function hear(
  made: SpeechDetector,
  pcm: Int16Array,
  chunk = RATE,
  settings?: SpeechSettings,
): Promise<All> {
  const stream = made.open(settings)
  const all: All = { regions: [], probabilities: [] }
  let decided = 0
  const take = (heard: Heard): void => {
    for (const { start } of heard.regions) expect(start).toBeGreaterThanOrEqual(decided)
    expect(heard.decided).toBeGreaterThanOrEqual(decided)
    decided = heard.decided
    all.regions.push(...heard.regions)
    all.probabilities.push(...heard.probabilities)
  }
  for (let at = 0; at < pcm.length; at += chunk) take(await stream.push(pcm.slice(at, at + chunk)))
  take(await stream.end())
  expect(decided).toBe(pcm.length)
  expect(all.probabilities).toHaveLength(Math.ceil(pcm.length / SPEECH_FRAME))
  return all
}

const detect = async (made: SpeechDetector, pcm: Int16Array, chunk?: number): Promise<SpeechRegion[]> =>
  (await hear(made, pcm, chunk)).regions

describe.runIf(hasVoice)('the speech detector, with a voice from flite', () => {
  const sentence = 'the quick brown fox jumps over the lazy dog'

  it('finds speech where it is, and nowhere else', async () => {
    const voice = speech(sentence)
    const length = voice.length / RATE
    const regions = await detect(
      detector(),
      recording(30, { at: 3, pcm: voice }, { at: 12, pcm: voice }, { at: 22, pcm: voice }),
    )
    expect(regions).toHaveLength(3)
    regions.forEach(({ start, end }, i) => {
      const at = [3, 12, 22][i]!
      expect(Math.abs(start / RATE - at)).toBeLessThan(0.35)
      expect(Math.abs(end / RATE - (at + length))).toBeLessThan(0.5)
    })
  })

  it('heeds a recording’s own settings, beside another without any', async () => {
    const voice = speech(sentence)
    const length = voice.length / RATE
    const pcm = recording(12, { at: 1, pcm: voice }, { at: Math.ceil(2 + length), pcm: voice })
    const made = detector()
    const [usual, patient, strict] = await Promise.all([
      hear(made, pcm),
      hear(made, pcm, RATE, { pauseSeconds: 4 }),
      hear(made, pcm, RATE, { threshold: 1.1 }),
    ])
    expect(usual.regions).toHaveLength(2)
    expect(patient.regions).toHaveLength(1)
    expect(strict.regions).toHaveLength(0)
  })

  it('says the same whatever the chunks, and in a detector that has heard another recording before', async () => {
    const voice = speech(sentence)
    const pcm = recording(12, { at: 1, pcm: voice }, { at: 6.5, pcm: voice })
    const made = detector()
    const whole = await hear(made, pcm, pcm.length)
    expect(whole.regions.length).toBeGreaterThan(0)
    for (const chunk of [100, 511, 512, 4000, 33_333]) expect(await hear(made, pcm, chunk)).toEqual(whole)
  })

  it('keeps recordings apart that are pushed at the same time', async () => {
    const made = detector()
    const voice = speech(sentence)
    const recordings = [1, 4, 7].map((at) => recording(14, { at, pcm: voice }))
    const alone: SpeechRegion[][] = []
    for (const pcm of recordings) alone.push(await detect(made, pcm))
    expect(await Promise.all(recordings.map((pcm) => detect(made, pcm)))).toEqual(alone)
  })

  it('hears speech that the end of the recording cuts off', async () => {
    const pcm = recording(10, { at: 8, pcm: speech(sentence).slice(0, 2 * RATE - 100) })
    const regions = await detect(detector(), pcm)
    expect(regions.at(-1)!.end).toBeGreaterThan(9.5 * RATE)
    expect(regions.at(-1)!.end).toBeLessThanOrEqual(pcm.length)
  })

  it('cuts speech that goes on and on', async () => {
    const voice = speech(Array<string>(15).fill(sentence).join(' and '))
    const regions = await detect(detector(), recording(voice.length / RATE + 2, { at: 1, pcm: voice }))
    expect(regions.length).toBeGreaterThan(1)
    for (const { start, end } of regions) expect(end - start).toBeLessThan(29 * RATE)
    const found = regions.reduce((sum, { start, end }) => sum + end - start, 0)
    expect(found / voice.length).toBeGreaterThan(0.9)
  })
})

describe('the speech detector, with real speech', () => {
  const pcm = spokenPcm('librivox')
  const words = knownSpeech('librivox').parts!.flatMap((part) => part.words)

  it('has every word in a region', async () => {
    const regions = await detect(detector(), pcm)
    for (const { w, start, end } of words) {
      const middle = ((start + end) / 2) * RATE
      expect(
        regions.some((r) => r.start - 0.2 * RATE <= middle && middle < r.end),
        `${w} at ${start}`,
      ).toBe(true)
    }
  })

  it('says of each frame how likely it is to be speech', async () => {
    const { probabilities } = await hear(detector(), pcm)
    const mean = (from: number, to: number): number => {
      const frames = probabilities.slice(Math.ceil((from * RATE) / SPEECH_FRAME), (to * RATE) / SPEECH_FRAME)
      return frames.reduce((sum, p) => sum + p, 0) / frames.length
    }
    const parts = knownSpeech('librivox').parts!
    for (const { start, end } of parts) expect(mean(start, end)).toBeGreaterThan(0.8)
    for (const [i, { end }] of parts.slice(0, -1).entries())
      expect(mean(end + 0.05, parts[i + 1]!.start - 0.05)).toBeLessThan(0.4)
  })
})

describe('the speech detector', () => {
  it('hears nothing in silence, nor in a recording of no length', async () => {
    const made = detector()
    expect(await detect(made, new Int16Array(5 * RATE))).toEqual([])
    expect(await detect(made, new Int16Array(0))).toEqual([])
  })

  it('fails the open recordings when its process dies, and has a new one for the next', async () => {
    const made = detector()
    const stream = made.open()
    await stream.push(new Int16Array(RATE))
    process.kill(made.pid()!, 'SIGSTOP')
    const lost = stream.push(new Int16Array(RATE))
    process.kill(made.pid()!, 'SIGKILL')
    await expect(lost).rejects.toMatchObject({ name: 'EngineError', code: 'crashed' })
    await expect(stream.push(new Int16Array(RATE))).rejects.toMatchObject({ code: 'crashed' })
    expect(await detect(made, new Int16Array(RATE))).toEqual([])
  })

  it('kills its process when that hangs', async () => {
    const made = createSpeechDetector({ deadlineMs: 100 })
    detectors.push(made)
    const stream = made.open()
    process.kill(made.pid()!, 'SIGSTOP')
    await expect(stream.push(new Int16Array(RATE))).rejects.toMatchObject({ code: 'hung' })
  })

  it('refuses a recording that has ended', async () => {
    const stream = detector().open()
    await stream.end()
    await expect(stream.push(new Int16Array(10))).rejects.toThrow('has ended')
    stream.close()
  })

  it('says where it looked for its model, and what it found there', () => {
    const path = join(dir, 'some.onnx')
    expect(() => createSpeechDetector({ modelPath: path })).toThrow(`is not at ${path}`)
    writeFileSync(path, 'something else')
    expect(() => createSpeechDetector({ modelPath: path })).toThrow(`${path} is not Silero VAD v5 or v6`)
  })

  it('ends its process when it is closed', async () => {
    const made = detector()
    const stream = made.open()
    await stream.push(new Int16Array(RATE))
    const pid = made.pid()!
    await made.close()
    expect(() => process.kill(pid, 0)).toThrow()
    expect(() => made.open()).toThrow('closed')
  })
})
