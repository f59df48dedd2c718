/** The options that `transcribe` and `watch` share. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Config } from '../../config/schema.ts'
import { EXPORT_FORMATS } from '../../contract/formats.ts'
import { readCode } from '../../contract/language.ts'
import { CHANNELS } from '../../contract/wishes.ts'
import { CommandError, USAGE } from '../context.ts'
import { wholeNumber } from '../whole-number.ts'
import type { OutputFormat } from './outputs.ts'
import type { Server } from './remote.ts'
import type { HearingOptions } from './wishes.ts'

export const OUTPUT_FORMATS: readonly OutputFormat[] = EXPORT_FORMATS
/** As people say it → as the contract does. */
const MODES = { auto: 'auto', captions: 'captions', automatic: 'automatic', audio: 'speech' } as const

export function formatOption(standard: string): Option {
  const option = new Option('--format <list>', `several with commas; default: ${standard}`).argParser(formats)
  // Not `choices()`, which would refuse lists: for the help, and to complete them.
  option.argChoices = [...OUTPUT_FORMATS]
  return option
}

function formats(text: string, before: OutputFormat[] = []): OutputFormat[] {
  const chosen = text.split(',').map((name) => {
    const format = OUTPUT_FORMATS.find((each) => each === name.trim())
    if (!format) throw new InvalidArgumentError(`Choose from ${OUTPUT_FORMATS.join(', ')}.`)
    return format
  })
  return [...new Set([...before, ...chosen])]
}

export const hearingOptions = (command: Command): Command =>
  command
    .option('--language <code>', 'what is spoken, like en; detected where it is missing', codeOf)
    .option('--translate', 'into English, where the model can')
    .option('--model <name>', 'a name of the catalogue, auto, or a folder; default: EARSHOT_MODEL')
    .option('--prompt <text>', 'text that might go before: style, spelling, names')
    .option('--keywords <names...>', 'names and terms that may occur')
    .option('--diarize', 'say who speaks; earshot models pull diarization')
    .addOption(
      new Option('--channels <how>', 'separate: a call with a speaker on each of two channels')
        .choices(CHANNELS)
        .default('mix'),
    )
    .addOption(new Option('--track <number>', 'which sound track; 1 is the first').argParser(wholeNumber(1)))
    .addOption(
      new Option(
        '--mode <mode>',
        'of links: captions that people wrote, automatic ones too, or the audio; default: EARSHOT_CAPTIONS',
      )
        .choices(Object.keys(MODES))
        .argParser(modeOf),
    )
    .option('--server <url>', 'have it done by a server; default: EARSHOT_SERVER, else here')
    .option('--key <key>', 'an API key of that server; default: EARSHOT_KEY')

/** @throws CommandError for what no recording can have together */
export function requireSense({ diarize, translate, channels, mode }: HearingOptions): void {
  if (diarize && channels === 'separate')
    throw new CommandError('separate channels say who speaks: leave out --diarize', USAGE)
  if ((mode === 'captions' || mode === 'automatic') && (diarize || translate || channels === 'separate'))
    throw new CommandError(
      'captions have no speakers, channels or translation: leave that out, or say --mode audio',
      USAGE,
    )
}

/** Undefined: the work is done here. @throws CommandError */
export function serverOf(config: Config, { server, key }: HearingOptions): Server | undefined {
  const url = server ?? config.EARSHOT_SERVER
  if (url === undefined) {
    if (key !== undefined) throw new CommandError('--key is for a server: name it with --server', USAGE)
    return undefined
  }
  if (!/^https?:\/\/./i.test(url) || !URL.canParse(url))
    throw new CommandError(`“${url}” is no address of a server: it begins with http:// or https://`, USAGE)
  const itsKey = key ?? config.EARSHOT_KEY
  if (itsKey === undefined)
    throw new CommandError('the server needs an API key: --key, or EARSHOT_KEY', USAGE)
  return { url, key: itsKey }
}

function modeOf(name: string): HearingOptions['mode'] {
  const mode = Object.entries(MODES).find(([each]) => each === name)?.[1]
  if (!mode) throw new InvalidArgumentError(`Choose from ${Object.keys(MODES).join(', ')}.`)
  return mode
}

function codeOf(language: string): string {
  const code = readCode(language)
  if (code === null) throw new InvalidArgumentError('Give an ISO 639-1 code, like en.')
  return code
}
