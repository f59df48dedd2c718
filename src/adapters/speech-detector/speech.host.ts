import type { Vad } from 'sherpa-onnx-node'
import { serveParent, tellParent } from '../engine/supervision/serve-parent.ts'
import { createVad, Detection } from './detect.ts'
import type { FromDetector, ToDetector } from './protocol.ts'

/** Detectors that are kept for the next recording: each holds a model, which native memory frees late. */
const SPARE = 8

/** The process that looks for speech in all recordings. Started by `createSpeechDetector`. */
function serve(): void {
  const streams = new Map<number, { vad: Vad; detection: Detection }>()
  const spare: Vad[] = []
  let model = ''

  function stream(id: number): Detection {
    const known = streams.get(id)
    if (known) return known.detection
    const vad = spare.pop() ?? createVad(model)
    const detection = new Detection(vad)
    streams.set(id, { vad, detection })
    return detection
  }

  function close(id: number): void {
    const known = streams.get(id)
    streams.delete(id)
    if (known && spare.length < SPARE) spare.push(known.vad)
  }

  function handle(message: ToDetector): FromDetector | undefined {
    switch (message.kind) {
      case 'load':
        model = message.model
        spare.push(createVad(model))
        return { kind: 'ready' }
      case 'push':
        return { kind: 'regions', id: message.id, regions: stream(message.stream).push(message.pcm) }
      case 'end': {
        const regions = stream(message.stream).end()
        close(message.stream)
        return { kind: 'regions', id: message.id, regions }
      }
      case 'close':
        close(message.stream)
        return undefined
    }
  }

  serveParent((message) => {
    try {
      const answer = handle(message as ToDetector)
      if (answer) tellParent(answer)
    } catch (error) {
      tellParent({ kind: 'refused', message: String(error instanceof Error ? error.message : error) })
    }
  })
}

serve()
