import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpeg, scratch } from '../../test/support/media.ts'
import { toneAudio, toneProgramme, wav } from '../../test/support/tone.ts'
import { hearTones } from '../../test/support/tone-ear.ts'
import type { EngineDescription, Recognition } from '../ports/engine.ts'
import type { SpeechDetector } from '../ports/speech-detector.ts'
import type { FileDeps, FileOptions } from './file-work.ts'
import { probeFile } from './probe.ts'
import { transcribeFile } from './transcribe-file.ts'

const SECONDS = 60
/** Both speak all the time, at the same time. */
const ann = toneProgramme(31, SECONDS)
const bob = toneProgramme(32, SECONDS)

let files: Awaited<ReturnType<typeof scratch>>
let call: string
let mono: string
let doubled: string
let heardParts = 0

beforeAll(async () => {
  files = await scratch()
  const [left, right] = [join(files.dir, 'ann.wav'), join(files.dir, 'bob.wav')]
  await writeFile(left, wav(toneAudio(ann, SECONDS)))
  await writeFile(right, wav(toneAudio(bob, SECONDS)))
  call = join(files.dir, 'call.mp3')
  doubled = join(files.dir, 'doubled.mp3')
  mono = left
  const beside = ['-filter_complex', '[0:a][1:a]amerge=inputs=2', '-c:a', 'libmp3lame', '-b:a', '192k']
  await ffmpeg(['-i', left, '-i', right, ...beside, call])
  await ffmpeg(['-i', left, '-i', left, ...beside, doubled])
})
afterAll(() => files?.dispose())

const deps: FileDeps = {
  engine: {
    places: 2,
    slotStates: () => [],
    describe: () => ({ splitter: 'energy', maxPartSeconds: 10 }) as EngineDescription,
  },
  detector: {} as SpeechDetector,
  probe: probeFile,
  async recognise(pcm) {
    heardParts++
    const words = hearTones(pcm)
    return { text: words.map((w) => w.word).join(' '), words, language: 'en' }
  },
}

const options = (more: Partial<FileOptions> = {}): FileOptions => ({
  signal: new AbortController().signal,
  maxSeconds: 3600,
  channels: 'separate',
  ...more,
})

describe('a call on two channels', () => {
  const saidBy = (segments: { speaker?: string; text: string }[], speaker: string): string =>
    segments
      .filter((s) => s.speaker === speaker)
      .map((s) => s.text)
      .join(' ')

  it('is heard a channel each, by time, every word with its time and its channel', async () => {
    const { transcript, durationSeconds } = await transcribeFile(deps, call, options())
    expect(Math.abs(durationSeconds - SECONDS)).toBeLessThan(0.1)
    const { segments } = transcript
    for (const [speaker, truth] of [
      ['Channel 1', ann],
      ['Channel 2', bob],
    ] as const) {
      expect(saidBy(segments, speaker)).toBe(truth.map((w) => w.word).join(' '))
      const words = segments.filter((s) => s.speaker === speaker).flatMap((s) => s.words!)
      const late = words.filter(({ start }, k) => Math.abs(start - truth[k]!.at) > 0.1)
      expect(late).toEqual([])
    }
    const starts = segments.map((s) => s.start)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(transcript.language).toBe('en')
  })

  it('goes on at its stored parts, and its progress never falls', async () => {
    const stored = new Map<number, Recognition>()
    const fractions: number[] = []
    const lengths: number[] = []
    const first = await transcribeFile(
      deps,
      call,
      options({
        onPart: async (part, result, fraction) => {
          stored.set(part.index, result)
          fractions.push(fraction)
        },
        onLength: async (seconds) => void lengths.push(seconds),
      }),
    )
    expect(stored.size).toBeGreaterThan(8)
    expect(Math.min(...stored.keys())).toBeGreaterThan(0)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBeCloseTo(1, 1)
    // What it costs is held once, not for each channel.
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
    heardParts = 0
    const known: FileOptions['known'] = async ({ index }) => stored.get(index)
    expect(await transcribeFile(deps, call, options({ known }))).toEqual(first)
    expect(heardParts).toBe(0)
  })
})

describe('nobody’s channel', () => {
  it.each([
    ['mono', () => mono],
    ['the same on both', () => doubled],
  ])('%s is heard once, as ever', async (_, path) => {
    const { transcript } = await transcribeFile(deps, path(), options())
    expect(transcript).toEqual((await transcribeFile(deps, path(), options({ channels: 'mix' }))).transcript)
    expect(transcript.text).toBe(ann.map((w) => w.word).join(' '))
    expect(transcript.segments.some((s) => s.speaker)).toBe(false)
  })
})
