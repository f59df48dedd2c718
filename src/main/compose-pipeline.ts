/** Settings → a pipeline without a server. Apart from the rest, which a command would read for nothing. */
import { availableParallelism } from 'node:os'
import { guardedRemoteMedia } from '../adapters/remote-media/guarded.ts'
import type { Notices, PipelineOptions } from '../cli/context.ts'
import type { Config } from '../config/schema.ts'
import { namedModel } from '../pipeline/auto.ts'
import type { FileDeps } from '../pipeline/file-work.ts'
import { probeFile } from '../pipeline/probe.ts'
import { probeFew } from '../pipeline/probe-few.ts'
import { probeOnce } from '../pipeline/probe-once.ts'
import type { Engine } from '../ports/engine.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { RemoteMedia } from '../ports/remote-media.ts'
import { composeEngine, composeGuard } from './compose-engine.ts'
import { composeFetcher, composeYtDlp } from './compose-fetching.ts'
import { noticing } from './logger.ts'

/** For the command line: a file becomes text without a server. */
export async function composePipeline(
  config: Config,
  { diarize, ...options }: PipelineOptions,
  notices: Notices,
): Promise<FileDeps & { fetcher: Fetcher; remote: RemoteMedia; close(): Promise<void> }> {
  const logger = noticing(config.EARSHOT_LOG_LEVEL, notices)
  const { close, ...work } = await composeEngine(config, logger, { awaitStart: false, wish: options })
  // Its process starts while the file is looked at.
  work.detector.open().close()
  if (diarize && !work.diarizer.available()) {
    await close(0)
    throw new Error('the models that tell speakers apart are missing: earshot models pull diarization')
  }
  const { engine } = work
  const { description, auto } = await named(engine, options).catch(async (cause: unknown) => {
    await close(0)
    throw cause
  })
  const { model } = description
  const guard = composeGuard(config)
  return {
    ...work,
    engine: { places: engine.places, slotStates: () => engine.slotStates(), describe: () => description },
    auto,
    voices: diarize ? work.diarizer : undefined,
    fetcher: composeFetcher(config, composeYtDlp(config, guard), guard, logger),
    remote: guardedRemoteMedia(guard),
    probe: probeOnce(probeFew(probeFile, 2 * availableParallelism())),
    recognise: (pcm, signal, known) => engine.recognise(pcm, { ...options, model, ...known }, signal),
    close: () => close(0),
  }
}

const named = async (engine: Engine, options: PipelineOptions): Promise<ReturnType<typeof namedModel>> =>
  namedModel(engine.describe(), engine.models(), options)
