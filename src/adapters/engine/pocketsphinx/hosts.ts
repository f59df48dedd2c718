import type { EngineDescription } from '../../../ports/engine.ts'
import { siblingModule } from '../../../processes/child.ts'
import { forkedHosts } from '../supervision/forked-host.ts'
import type { StartHost } from '../supervision/host.ts'
import type { PocketSphinx } from './find.ts'

export const POCKETSPHINX: EngineDescription = {
  model: 'pocketsphinx',
  family: 'pocketsphinx',
  standIn: true,
  maxPartSeconds: 30,
  splitter: 'silero',
  wordTimes: true,
  translates: false,
  prompts: false,
  languages: ['en'],
}

export const pocketSphinxHosts = (sphinx: PocketSphinx): StartHost =>
  forkedHosts(siblingModule('pocketsphinx.host', import.meta.url), sphinx)
