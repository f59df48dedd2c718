import type { SpeechSettings } from '../../ports/speech-detector.ts'
import { serveParent, tellParent } from '../engine/supervision/serve-parent.ts'
import { Detection } from './detect.ts'
import type { FromDetector, ToDetector } from './protocol.ts'
import { Network } from './silero/network.ts'

/** The process that looks for speech in all recordings. Started by `createSpeechDetector`. */
function serve(): void {
  const streams = new Map<number, Detection>()
  let network: Network | undefined

  function stream(id: number): Detection {
    return streams.get(id) ?? open(id)
  }

  function open(id: number, settings?: SpeechSettings): Detection {
    if (!network) throw new Error('no model is loaded')
    const detection = new Detection(network, settings)
    streams.set(id, detection)
    return detection
  }

  async function handle(message: ToDetector): Promise<FromDetector | undefined> {
    switch (message.kind) {
      case 'load':
        network = await Network.load(message.model)
        return { kind: 'ready' }
      case 'open':
        open(message.stream, message.settings)
        return undefined
      case 'push':
        return { kind: 'heard', id: message.id, heard: await stream(message.stream).push(message.pcm) }
      case 'end': {
        const heard = await stream(message.stream).end()
        streams.delete(message.stream)
        return { kind: 'heard', id: message.id, heard }
      }
      case 'close':
        streams.delete(message.stream)
        return undefined
    }
  }

  async function answer(message: ToDetector): Promise<void> {
    try {
      const said = await handle(message)
      if (said) tellParent(said)
    } catch (error) {
      tellParent({ kind: 'refused', message: String(error instanceof Error ? error.message : error) })
    }
  }

  // One after the other, so that the chunks of a recording stay in order.
  let last = Promise.resolve()
  serveParent((message) => {
    last = last.then(() => answer(message as ToDetector))
  })
}

serve()
