import sherpa from 'sherpa-onnx-node'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { serveParent, tellParent } from '../engine/supervision/serve-parent.ts'
import { toFloats } from '../samples.ts'
import type { FromTagger, ToTagger } from './protocol.ts'

/** AudioSet's names of what a song has and speech has not. */
const MUSIC = new Set(['Music', 'Singing', 'Song', 'Vocal music', 'Choir', 'A capella', 'Rapping'])
/** Of the classes, those that are likeliest. */
const TOP = 20

/** The process that listens to the excerpts of one recording. Started by `createMusicDetector`. */
function hear({ model: { family, model, labels }, excerpts }: ToTagger): number[] {
  const tagger = new sherpa.AudioTagging({
    model: { ...(family === 'ced' ? { ced: model } : { zipformer: { model } }), numThreads: 1 },
    labels,
    topK: TOP,
  })
  return excerpts.map((pcm) => {
    const stream = tagger.createStream()
    stream.acceptWaveform({ sampleRate: SAMPLE_RATE, samples: toFloats(pcm) })
    const sure = tagger.compute(stream, TOP).filter(({ name }) => MUSIC.has(name))
    return Math.min(1, Math.max(0, ...sure.map(({ prob }) => prob)))
  })
}

serveParent((message) => {
  try {
    tellParent({ kind: 'heard', music: hear(message as ToTagger) } satisfies FromTagger)
  } catch (error) {
    const refusal = error instanceof Error ? error.message : String(error)
    tellParent({ kind: 'refused', message: refusal } satisfies FromTagger)
  }
})
