import type { Wishes } from '../../contract/wishes.ts'
import type { OutputFormat } from './outputs.ts'

/** What `transcribe` and `watch` are told about how a text is to be made. */
export interface HearingOptions {
  language?: string
  translate?: boolean
  diarize?: boolean
  track?: number
  channels: 'mix' | 'separate'
  prompt?: string
  keywords?: string[]
  model?: string
  mode?: NonNullable<Wishes['mode']>
  server?: string
  key?: string
}

export interface TranscribeOptions extends HearingOptions {
  format?: OutputFormat[]
  output?: string
  force?: boolean
  json?: boolean
}

/** As the contract has them: for the request to a server, and to know an unfinished recording again. */
export const wishesOf = (options: HearingOptions): Wishes => ({
  ...(options.language !== undefined && { language: options.language }),
  ...(options.translate && { task: 'translate' as const }),
  ...(options.diarize && { diarize: true }),
  ...(options.track !== undefined && { track: options.track }),
  ...(options.channels === 'separate' && { channels: 'separate' as const }),
  ...(options.prompt !== undefined && { prompt: options.prompt }),
  ...(options.keywords && { keywords: options.keywords }),
  ...(options.model !== undefined && { model: options.model }),
  ...(options.mode !== undefined && { mode: options.mode }),
})
