import sherpa from 'sherpa-onnx-node'
import { SAMPLE_RATE } from '../../ports/engine.ts'
import { toFloats } from '../samples.ts'
import type { HeardBlock, VoiceModels } from './protocol.ts'

/** Shorter turns are noise; shorter pauses do not end one. Seconds. */
const SHORTEST_TURN = 0.2
const SHORTEST_PAUSE = 0.3
/** How unlike two voices of a block are, as 1 − cosine, when they are two. */
const UNLIKE = 0.5
/** Where their number is known: rather two of one person than one of two, since the linking makes them one again. */
const UNLIKE_FINE = 0.35
/** Of a voice's sound: more says no more, and less says too little. Seconds. */
const ENOUGH = 30
const TOO_LITTLE = 0.5

const clustering = (fine: boolean) => ({ numClusters: -1, threshold: fine ? UNLIKE_FINE : UNLIKE })

type Listen = (pcm: Int16Array, fine: boolean) => HeardBlock

/** Loads the models. @throws what sherpa-onnx says about a file that is none */
export function loadListener({ segmentation, embedding }: VoiceModels, threads: number): Listen {
  const common = { numThreads: threads, debug: 0, provider: 'cpu' }
  const diarization = new sherpa.OfflineSpeakerDiarization({
    segmentation: { pyannote: { model: segmentation }, ...common },
    embedding: { model: embedding, ...common },
    clustering: clustering(false),
    minDurationOn: SHORTEST_TURN,
    minDurationOff: SHORTEST_PAUSE,
  })
  const extractor = new sherpa.SpeakerEmbeddingExtractor({ model: embedding, ...common })

  function printOf(stretches: Float32Array[]): Float32Array | null {
    const stream = extractor.createStream()
    for (const samples of stretches) stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE })
    stream.inputFinished()
    return extractor.isReady(stream) ? extractor.compute(stream, false) : null
  }

  return (pcm, fine) => {
    diarization.setConfig({ clustering: clustering(fine) })
    const samples = toFloats(pcm)
    const turns = diarization
      .process(samples)
      .map(({ start, end, speaker }) => ({ start, end, voice: speaker }))
    const count = Math.max(-1, ...turns.map(({ voice }) => voice)) + 1
    const voices = Array.from({ length: count }, (_, voice) => {
      const { stretches, seconds } = soundOf(voice, turns, samples)
      const print = seconds < TOO_LITTLE ? null : printOf(stretches)
      return print && { print, seconds }
    })
    return { turns, voices }
  }
}

/** The longest turns of a voice, as far as they are needed. */
function soundOf(
  voice: number,
  turns: HeardBlock['turns'],
  samples: Float32Array,
): { stretches: Float32Array[]; seconds: number } {
  const own = turns.filter((turn) => turn.voice === voice)
  const stretches: Float32Array[] = []
  let seconds = 0
  for (const { start, end } of own.sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (seconds >= ENOUGH) break
    const stretch = samples.subarray(Math.round(start * SAMPLE_RATE), Math.round(end * SAMPLE_RATE))
    stretches.push(stretch)
    seconds += stretch.length / SAMPLE_RATE
  }
  return { stretches, seconds }
}
