import type { ModelsTaken } from '../domain/transcriptions/claim.ts'
import type { Engine } from '../ports/engine.ts'

/** An engine that offers only some of its models. */
export function onlyModels(engine: Engine, { models, unnamed }: ModelsTaken): Engine {
  const offered = () => engine.models().filter(({ model }) => models.includes(model))
  return {
    slots: engine.slots,
    places: engine.places,
    describe: () => (unnamed ? engine.describe() : (offered()[0] ?? engine.describe())),
    models: offered,
    slotStates: () => engine.slotStates(),
    recognise: (pcm, options, signal) => engine.recognise(pcm, options, signal),
    probe: (maxAgeMs) => engine.probe(maxAgeMs),
    close: (graceMs) => engine.close(graceMs),
  }
}
