import {
  ModelError,
  type ModelInfo,
  type ModelLibrary,
  type PullProgress,
} from '../../ports/model-library.ts'
import { DomainError } from '../errors.ts'

export interface ModelView extends ModelInfo {
  /** Being fetched at the moment. */
  pull: PullProgress | null
  /** Why the last pull here ended without the model. */
  failure: string | null
}

/** Models that are fetched while nobody waits for the answer: the operator looks in now and then. */
export interface ModelPulls {
  list(): Promise<ModelView[]>
  /** Begins to fetch, or goes on where an earlier try broke off. @throws DomainError `model.unknown` */
  start(name: string): Promise<void>
  /** Breaks a pull off; what is there already is kept for the next try. */
  stop(name: string): void
  /** Makes an installed one the default. @throws DomainError `model.unknown` */
  use(name: string): Promise<void>
}

interface Pull {
  progress: PullProgress
  aborted: AbortController
}

export function modelPulls(library: ModelLibrary, stopping?: AbortSignal): ModelPulls {
  const running = new Map<string, Pull>()
  const failures = new Map<string, string>()

  async function pull(name: string, { progress, aborted }: Pull): Promise<void> {
    const signal = stopping ? AbortSignal.any([aborted.signal, stopping]) : aborted.signal
    try {
      await library.pull(name, ({ bytes, total }) => Object.assign(progress, { bytes, total }), signal)
    } catch (cause) {
      if (!signal.aborted)
        failures.set(name, cause instanceof ModelError ? cause.message : 'It could not be fetched.')
    } finally {
      running.delete(name)
    }
  }

  return {
    async list() {
      const models = await library.list()
      return models.map((model) => ({
        ...model,
        pull: running.get(model.name)?.progress ?? null,
        failure: failures.get(model.name) ?? null,
      }))
    },
    async start(name) {
      const known = (await library.list()).find((model) => model.name === name)
      if (!known) throw new DomainError('model.unknown', `There is no model ${name} in the catalogue.`)
      if (running.has(name)) return
      failures.delete(name)
      const begun = { progress: { bytes: 0, total: known.bytes }, aborted: new AbortController() }
      running.set(name, begun)
      void pull(name, begun)
    },
    stop: (name) => running.get(name)?.aborted.abort(),
    async use(name) {
      try {
        await library.use(name)
      } catch (cause) {
        if (!(cause instanceof ModelError)) throw cause
        throw new DomainError('model.unknown', cause.message, {}, { cause })
      }
    },
  }
}
