import type { Config } from '../../config/schema.ts'
import type { CliTools, Notices } from '../context.ts'
import type { Ear } from './ear.ts'
import { serverOf } from './options.ts'
import type { HearingOptions } from './wishes.ts'

interface OpenOptions {
  options: HearingOptions
  scratch: string
  signal: AbortSignal
  notices: Notices
}

/** This machine, or the server that was named. */
export async function openEar(tools: CliTools, settings: Config, work: OpenOptions): Promise<Ear> {
  const { options, scratch } = work
  const server = serverOf(settings, options)
  if (server) {
    const { openRemoteEar } = await import('./remote.ts')
    return openRemoteEar({ server, dataDir: settings.EARSHOT_DATA_DIR, options, scratch })
  }
  const { model } = options
  const config = model === undefined ? settings : { ...settings, EARSHOT_MODEL: model }
  const { openLocalEar } = await import('./local.ts')
  return openLocalEar({ ...work, tools, config })
}
