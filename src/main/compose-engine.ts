/** Settings → what recognises, and what belongs to it. */
import { availableParallelism } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { createDiarizer } from '../adapters/diarizer/index.ts'
import { createGuard, type Guard } from '../adapters/egress/index.ts'
import { createEngine, type EngineOptions } from '../adapters/engine/index.ts'
import { DEFAULT_MODEL } from '../adapters/models/catalogue.ts'
import { type LocalModels, modelLibrary } from '../adapters/models/library.ts'
import { hubSource, mirrorSource } from '../adapters/models/source.ts'
import { createMusicDetector } from '../adapters/music-detector/index.ts'
import { requireOnnxRuntime } from '../adapters/onnx-runtime.ts'
import { createSpeechDetector } from '../adapters/speech-detector/index.ts'
import type { Config } from '../config/schema.ts'
import type { ModelsTaken } from '../domain/transcriptions/claim.ts'
import { onlyModels } from '../pipeline/only-models.ts'
import type { Engine, EngineDescription } from '../ports/engine.ts'

/** Requests at the same time that a server which recognises for us is given. */
const REMOTE_SLOTS = 4

export const slotsOf = (config: Config): number =>
  config.EARSHOT_SLOTS ?? (config.EARSHOT_ENGINE_URL ? REMOTE_SLOTS : availableParallelism())

function remoteOf(config: Config): EngineOptions['remote'] {
  const { EARSHOT_ENGINE_URL: url, EARSHOT_ENGINE_KEY: key } = config
  if (url === undefined) return undefined
  return {
    url,
    key,
    model: config.EARSHOT_ENGINE_MODEL,
    splitter: config.EARSHOT_ENGINE_SPLITTER,
    timeoutMs: config.EARSHOT_ENGINE_TIMEOUT * 1000,
  }
}

export const composeGuard = (config: Config, proxy?: string): Guard =>
  createGuard({ dial: config.EARSHOT_EGRESS_DIAL, caFile: config.EARSHOT_EGRESS_CA, proxy })

/** Models on this machine. @param pauses between tries to fetch one, ms */
export function composeModels(config: Config, pauses?: readonly number[]): LocalModels {
  const { EARSHOT_MODELS_URL: url, EARSHOT_HUB_TOKEN: own, HF_TOKEN: usual } = config
  return modelLibrary({
    dir: join(resolve(config.EARSHOT_DATA_DIR), 'models'),
    // What other programs use for the hub is not a mirror's business.
    source: url ? mirrorSource(url, own) : hubSource(composeGuard(config), own ?? usual),
    ...(pauses && { pauses }),
  })
}

interface EngineHereOptions extends Pick<EngineOptions, 'awaitStart' | 'wish'> {
  /** The models that it offers; undefined: all that are here. */
  only?: ModelsTaken | undefined
}

interface ComposeEngineOptions extends EngineHereOptions {
  /** Of other machines: then none is started here. */
  elsewhere?: Engine | undefined
}

/** What recognises. */
export async function composeEngine(
  config: Config,
  logger: Logger,
  { elsewhere, only, ...start }: ComposeEngineOptions = {},
) {
  requireOnnxRuntime()
  // A start does not wait long for a network that is not there.
  const models = composeModels(config, [])
  const music = config.EARSHOT_TAGGER ? createMusicDetector(config.EARSHOT_TAGGER) : undefined
  const engine = elsewhere ?? (await engineHere(config, logger, models, { only, ...start }))
  const detector = createSpeechDetector({ logger })
  const diarizer = createDiarizer({ models, threads: config.EARSHOT_THREADS ?? 1, logger })
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all([engine.close(graceMs), detector.close(), diarizer.close()])
  }
  return { engine, detector, diarizer, music, close }
}

/** @throws also Error in one line where a model of `only` is not here */
async function engineHere(
  config: Config,
  logger: Logger,
  models: LocalModels,
  { only, awaitStart = true, wish }: EngineHereOptions,
): Promise<Engine> {
  const engine = await createEngine({
    model: only && !only.unnamed ? only.models[0] : config.EARSHOT_MODEL,
    models,
    slots: config.EARSHOT_SLOTS,
    threads: config.EARSHOT_THREADS,
    cores: availableParallelism(),
    remoteSlots: slotsOf(config),
    graphsDir: join(resolve(config.EARSHOT_DATA_DIR), 'whisper'),
    loadedModels: config.EARSHOT_LOADED_MODELS,
    hotwords: config.EARSHOT_HOTWORDS === 'on',
    device: config.EARSHOT_DEVICE,
    beamSize: config.EARSHOT_BEAM_SIZE,
    remote: remoteOf(config),
    awaitStart,
    wish,
    logger,
  })
  if (!only) return engine
  const here = engine.models().map(({ model }) => model)
  const missing = only.models.find((name) => !here.includes(name))
  if (missing === undefined) return onlyModels(engine, only)
  await engine.close(0)
  throw new Error(
    `EARSHOT_WORKER_MODELS names ${missing}, which is not installed; installed: ${here.join(', ')}`,
  )
}

/** What a worker takes that works with some models only. Undefined: it works with all. */
export async function takenModels(config: Config): Promise<ModelsTaken | undefined> {
  const { EARSHOT_WORKER_MODELS: models, EARSHOT_ENGINE_URL, EARSHOT_ENGINE_MODEL, EARSHOT_MODEL } = config
  if (!models) return undefined
  const chosen = (): Promise<string | undefined> => composeModels(config, []).chosenName()
  const usual = EARSHOT_ENGINE_URL
    ? EARSHOT_ENGINE_MODEL
    : (EARSHOT_MODEL ?? (await chosen()) ?? DEFAULT_MODEL)
  return { models, unnamed: models.includes(basename(usual)) }
}

/** @throws EngineError when it does not answer */
export async function answering(engine: Engine): Promise<EngineDescription[]> {
  await engine.probe(0)
  return engine.models()
}
