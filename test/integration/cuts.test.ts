/** The property of the whole pipeline with the real engine: cutting anywhere loses and doubles nothing. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadModelFolder } from '../../src/adapters/engine/sherpa/model-folder.ts'
import { loadRecogniser } from '../../src/adapters/engine/sherpa/recogniser.ts'
import { mergeParts, type RecognisedPart } from '../../src/pipeline/merge.ts'
import { scratch } from '../support/media.ts'
import { toneAudio, toneProgramme, writeToneModel } from '../support/tone.ts'

const RATE = 16_000
/** What both sides hear beyond a cut. */
const OVERLAP = RATE
/** Seconds: as far as a word may be from its place. */
const TOLERANCE = 0.06

let recognise: Awaited<ReturnType<typeof loadRecogniser>>
let dispose: () => Promise<void>
beforeAll(async () => {
  const { dir, ...rest } = await scratch()
  dispose = rest.dispose
  recognise = await loadRecogniser({ folder: loadModelFolder(writeToneModel(dir)), threads: 1 })
})
afterAll(() => dispose())

async function recognised(pcm: Int16Array, cuts: readonly number[]): Promise<RecognisedPart[]> {
  const at = [0, ...cuts, pcm.length]
  const parts: RecognisedPart[] = []
  for (let index = 0; index + 1 < at.length; index++) {
    const [from, to] = [at[index]!, at[index + 1]!]
    const start = Math.max(0, from - OVERLAP)
    const end = Math.min(pcm.length, to + OVERLAP)
    parts.push({ index, start, from, to, end, result: await recognise(pcm.slice(start, end), {}) })
  }
  return parts
}

it('every word once, at its time, wherever the cuts fall', async () => {
  const lengths = fc.array(fc.integer({ min: 2200, max: 25_000 }), { minLength: 1, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(fc.integer(), lengths, async (seed, milliseconds) => {
      let length = 0
      const ends = milliseconds.map((ms) => (length += (ms * RATE) / 1000))
      const words = toneProgramme(seed, length / RATE)
      const pcm = toneAudio(words, length / RATE)
      const { text, segments } = mergeParts(await recognised(pcm, ends.slice(0, -1)))
      expect(text).toBe(words.map((w) => w.word).join(' '))
      const heard = segments.flatMap((s) => s.words ?? [])
      heard.forEach((w, k) => {
        expect(Math.abs(w.start - words[k]!.at), `word ${k}`).toBeLessThan(TOLERANCE)
      })
    }),
    { numRuns: 60 },
  )
})
