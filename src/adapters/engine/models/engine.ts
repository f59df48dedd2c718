import { AUTO, describeAuto } from '../../../domain/transcriptions/auto.ts'
import { type Engine, type EngineDescription, EngineError } from '../../../ports/engine.ts'
import type { ModelFolder } from '../folder.ts'
import type { EnginePool } from '../supervision/pool.ts'
import { Loaded } from './loaded.ts'

export interface ManyModelsOptions {
  /** Serves where no model is named; always in memory, and up already. */
  main: Engine
  /** The models that can be named beside it. */
  others(): ModelFolder[]
  /** An engine for one of them, not started. */
  create(folder: ModelFolder): EnginePool
  /** How many of the others are in memory at the same time. */
  most: number
  /** Whether `auto` is what serves where no model is named; else it is one that can be named. */
  auto: boolean
  /** One that nobody asked for during this time leaves the memory, ms. */
  idleMs?: number
}

const IDLE_MS = 10 * 60_000

/** One engine out of many: a part may name its model, which is loaded when it is first wanted. */
export function createManyModels({
  main,
  others,
  create,
  most,
  auto,
  idleMs = IDLE_MS,
}: ManyModelsOptions): Engine {
  const up = new Map<string, EnginePool>()
  const loaded = new Loaded({ most, idleMs, open })

  async function open(name: string) {
    const folder = find(name)
    if (!folder) throw new EngineError('failed', `the model ${name} is no longer installed`)
    const pool = create(folder)
    await pool.start()
    up.set(name, pool)
    return {
      pool,
      async close(graceMs: number) {
        up.delete(name)
        await pool.close(graceMs)
      },
    }
  }

  const find = (name: string): ModelFolder | undefined =>
    others().find(({ description }) => description.model === name)

  function installed(): EngineDescription[] {
    const own = main.models()
    const names = new Set([...own.map(({ model }) => model), AUTO])
    if (most === 0) return own
    return [...own, ...others().flatMap(({ description: d }) => (names.has(d.model) ? [] : [d]))]
  }

  function models(): EngineDescription[] {
    const all = installed()
    const chosen = describeAuto(all)
    if (!chosen) return all
    return auto ? [chosen, ...all] : [...all, chosen]
  }

  return {
    slots: main.slots,
    places: main.places,
    describe: () => (auto ? models()[0]! : main.describe()),
    models,
    slotStates: () => [main, ...up.values()].flatMap((engine) => engine.slotStates()),
    async recognise(pcm, options, signal) {
      const { model } = options
      if (model === undefined || main.models().some((own) => own.model === model))
        return main.recognise(pcm, options, signal)
      return loaded.use(model, signal, ({ pool }) => pool.recognise(pcm, options, signal))
    },
    probe: (maxAgeMs) => main.probe(maxAgeMs),
    async close(graceMs) {
      const why = new EngineError('unavailable', 'the engine is closing')
      await Promise.all([main.close(graceMs), loaded.close(graceMs, why)])
    },
  }
}
