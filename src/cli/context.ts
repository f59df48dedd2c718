import type { Logger } from 'pino'
import type { Config } from '../config/schema.ts'
import type { Deps } from '../domain/context.ts'
import type { FileDeps } from '../pipeline/file-work.ts'
import type { Downloader } from '../ports/downloader.ts'
import type { Engine, RecogniseOptions } from '../ports/engine.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { Inspector } from '../ports/inspector.ts'
import type { ModelLibrary } from '../ports/model-library.ts'
import type { RemoteMedia } from '../ports/remote-media.ts'

/** Ends the program with its message and exit code; all other errors end it with 1. */
export class CommandError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** The command makes no sense, whatever there is on this machine. */
export const USAGE = 2

export interface Notices {
  /** Something to know about the results. */
  warn(text: string): void
  /** What takes a while. */
  note(text: string): void
}

export interface PipelineOptions extends Omit<RecogniseOptions, 'model' | 'task'> {
  task?: 'transcribe' | 'translate'
  /** Tell the speakers apart. */
  diarize?: boolean
}

/** What main hands to the commands: no command wires adapters itself. */
export interface CliTools {
  /** Wraps a command's action: loads the settings, and turns any error into one line and an exit code. */
  action<A extends unknown[]>(
    run: (config: Config, ...args: A) => Promise<void>,
  ): (...args: A) => Promise<void>
  openBase(config: Config): Promise<Deps & { close(): Promise<void> }>
  openModels(config: Config): Promise<ModelLibrary>
  openDownloader(config: Config): Promise<Downloader>
  openInspector(config: Config): Promise<{ inspector: Inspector; close(): Promise<void> }>
  openEngine(config: Config): Promise<{ engine: Engine; logger: Logger; close(): Promise<void> }>
  openPipeline(
    config: Config,
    options: PipelineOptions,
    /** Told in words what else would be in the log. */
    notices: Notices,
  ): Promise<FileDeps & { fetcher: Fetcher; remote: RemoteMedia; close(): Promise<void> }>
}

/** Runs with the database open, and closes it whatever happens. */
export async function withBase<T>(
  tools: CliTools,
  config: Config,
  run: (deps: Deps) => Promise<T>,
): Promise<T> {
  const base = await tools.openBase(config)
  try {
    return await run(base)
  } finally {
    await base.close()
  }
}
