import { EventEmitter } from 'node:events'
import type { Signals } from '../../ports/signals.ts'

/** One process: listeners are called on the next turn, so a publisher inside a transaction can go on. */
export function localSignals(): Signals {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    publish: (topic, id) => {
      setImmediate(() => emitter.emit(topic, id))
    },
    subscribe(topic, listener) {
      emitter.on(topic, listener)
      return () => emitter.off(topic, listener)
    },
    close: async () => {
      emitter.removeAllListeners()
    },
  }
}
