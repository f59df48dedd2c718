/** What is not speech gives no text: Silero, the pipeline and a real recogniser of speech together. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPocketSphinx } from '../../src/adapters/engine/pocketsphinx/find.ts'
import { POCKETSPHINX } from '../../src/adapters/engine/pocketsphinx/hosts.ts'
import { loadRecogniser } from '../../src/adapters/engine/pocketsphinx/recogniser.ts'
import { loadWhisperFolder } from '../../src/adapters/engine/whisper/folder.ts'
import { loadListener } from '../../src/adapters/engine/whisper/listener.ts'
import { createSpeechDetector } from '../../src/adapters/speech-detector/index.ts'
import type { FileDeps } from '../../src/pipeline/file-work.ts'
import { probeFile } from '../../src/pipeline/probe.ts'
import { transcribeFile } from '../../src/pipeline/transcribe-file.ts'
import type { EngineDescription } from '../../src/ports/engine.ts'
import { ffmpeg, scratch } from '../support/media.ts'
import { toneAudio, wav } from '../support/tone.ts'
import { type ToneWhisperOptions, writeToneWhisper } from '../support/tone-whisper.ts'

const SAMPLE = join(import.meta.dirname, '../../samples/hello.flac')

/** Sounds that ffmpeg makes: a graph of filters a case. */
const SOUNDS: Record<string, string> = {
  silence: 'anullsrc=r=16000:cl=mono',
  'white noise': 'anoisesrc=color=white:amplitude=0.3:seed=1',
  'pink noise': 'anoisesrc=color=pink:amplitude=0.5:seed=2',
  'a rumble': 'anoisesrc=color=brown:amplitude=0.8:seed=3',
  'hum of the mains': 'aevalsrc=0.3*sin(2*PI*50*t)+0.1*sin(2*PI*150*t)',
  // Chords that change every second, struck and fading, over a bass.
  music:
    "aevalsrc='0.2*exp(-2*mod(t,1))*(sin(2*PI*t*262*pow(2,floor(mod(t,4))/12))+sin(2*PI*t*330*pow(2,floor(mod(t,4))/12))+sin(2*PI*t*392*pow(2,floor(mod(t,4))/12)))+0.2*sin(2*PI*t*65)*exp(-4*mod(t,0.5))'",
  // The same noise in bursts twice a second.
  drums: "anoisesrc=color=pink:amplitude=0.8:seed=4,volume='exp(-12*mod(t,0.5))':eval=frame",
}

let dir: string
let dispose: () => Promise<void>
let recognise: Awaited<ReturnType<typeof loadRecogniser>>
const detector = createSpeechDetector()
beforeAll(async () => {
  ;({ dir, dispose } = await scratch())
  recognise = await loadRecogniser(findPocketSphinx()!)
})
afterAll(async () => {
  await detector.close()
  await dispose()
})

async function textOf(
  path: string,
  description: EngineDescription = POCKETSPHINX,
  hear: FileDeps['recognise'] = (pcm) => recognise(pcm, {}),
): Promise<string> {
  const { transcript } = await transcribeFile(
    {
      engine: { places: 1, slotStates: () => [], describe: () => description },
      detector,
      probe: probeFile,
      recognise: hear,
    },
    path,
    { signal: new AbortController().signal, maxSeconds: 60 },
  )
  return transcript.text
}

describe('a Whisper', () => {
  async function heardBy(name: string, options: ToneWhisperOptions, pcm: Int16Array): Promise<string> {
    const folder = loadWhisperFolder(writeToneWhisper(join(dir, name), options))
    const hear = await loadListener({ folder, graphsDir: join(dir, 'graphs'), threads: 1 }, () => {})
    const path = join(dir, `${name}.wav`)
    await writeFile(path, wav(pcm))
    return textOf(path, folder.description, async (pcm) => (await hear([{ pcm, options: {} }]))[0]!)
  }
  const pcm = toneAudio(
    (['one', 'two', 'three'] as const).map((word, k) => ({ word, at: 1 + k })),
    12,
  )

  it('that goes round in circles is cut short: the loop is there once, and what was before it stays', async () => {
    expect(await heardBy('stuck', { stuckAt: 'two' }, pcm)).toBe('one two')
    expect(await heardBy('sound', {}, pcm)).toBe('one two three')
  })

  it('is not asked where nobody speaks, whatever it would write', async () => {
    expect(await heardBy('asked', { splitter: 'silero' }, pcm)).toBe('')
  })
})

describe('nothing is invented', () => {
  it.each(Object.entries(SOUNDS))('from %s', async (name, graph) => {
    const path = join(dir, `${name}.wav`)
    await ffmpeg(['-f', 'lavfi', '-i', graph, '-t', '20', '-ar', '16000', '-ac', '1', path])
    expect(await textOf(path)).toBe('')
  })

  it('and what is said is heard', async () => {
    expect(await textOf(SAMPLE)).toMatch(/^good morning .* in the afternoon$/)
  })
})
