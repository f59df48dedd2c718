/** What the voice detector heard reaches the engine with each part, a value for each 32 ms of it. */
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createSpeechDetector } from '../../src/adapters/speech-detector/index.ts'
import { probeFile } from '../../src/pipeline/probe.ts'
import { transcribeFile } from '../../src/pipeline/transcribe-file.ts'
import { type EngineDescription, SAMPLE_RATE } from '../../src/ports/engine.ts'
import { SPEECH_FRAME } from '../../src/ports/speech-detector.ts'
import { knownSpeech, spokenPcm } from '../support/speech.ts'

const detector = createSpeechDetector()
afterAll(() => detector.close())

const description: EngineDescription = {
  model: 'listener',
  family: 'whisper',
  standIn: false,
  maxPartSeconds: 28,
  splitter: 'silero',
  wordTimes: true,
  translates: false,
  prompts: false,
  languages: null,
}

const path = join(import.meta.dirname, '../fixtures/speech/librivox.flac')

/** Where the part lies in the recording, in samples: it is cut from it as it is. */
function placeOf(part: Int16Array, recording: Int16Array): number {
  const wanted = Buffer.from(part.buffer, part.byteOffset, 4000)
  return Buffer.from(recording.buffer).indexOf(wanted) / 2
}

it('speech is likely where words are said, and unlikely between the sentences', async () => {
  const recording = spokenPcm('librivox')
  const heard = new Map<number, number>()
  await transcribeFile(
    {
      engine: { places: 2, slotStates: () => [], describe: () => description },
      detector,
      probe: probeFile,
      async recognise(pcm, _signal, { speech }) {
        expect(speech).toHaveLength(Math.ceil(pcm.length / SPEECH_FRAME))
        const start = placeOf(pcm, recording)
        for (const [i, p] of speech!.entries()) heard.set((start + i * SPEECH_FRAME) / SAMPLE_RATE, p)
        return { text: '' }
      },
    },
    path,
    { signal: new AbortController().signal, maxSeconds: 60 },
  )
  const mean = (from: number, to: number): number => {
    const values = [...heard].filter(([at]) => at >= from && at < to).map(([, p]) => p)
    return values.reduce((sum, p) => sum + p, 0) / values.length
  }
  const sentences = knownSpeech('librivox').parts!
  for (const { start, end } of sentences) expect(mean(start, end)).toBeGreaterThan(0.8)
  for (const [i, { end }] of sentences.slice(0, -1).entries())
    expect(mean(end + 0.05, sentences[i + 1]!.start - 0.05)).toBeLessThan(0.4)
})
