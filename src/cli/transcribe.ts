import { stat } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Config } from '../config/schema.ts'
import { TEXT_FORMATS } from '../contract/formats.ts'
import { readCode } from '../contract/language.ts'
import { CHANNELS } from '../contract/wishes.ts'
import { isPlatform, parseLink } from '../domain/links/index.ts'
import { type Format, render } from '../domain/transcripts/formats.ts'
import { transcribeFile } from '../pipeline/transcribe-file.ts'
import { unlessAborted } from '../pipeline/unless-aborted.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import { type CliTools, CommandError, USAGE } from './context.ts'
import { interruptible } from './interrupt.ts'
import { say } from './output.ts'
import { withScratch } from './scratch.ts'
import { wholeNumber } from './whole-number.ts'

const BAR_WIDTH = 30

interface Options {
  format: Format
  language?: string
  translate?: boolean
  diarize?: boolean
  track?: number
  channels: (typeof CHANNELS)[number]
  prompt?: string
  keywords?: string[]
  model?: string
}

export function transcribe(program: Command, tools: CliTools): void {
  program
    .command('transcribe')
    .description('transcribe a file or a URL here, without a server')
    .argument('<file or URL>')
    .addOption(new Option('--format <format>', 'what to print').choices(TEXT_FORMATS).default('txt'))
    .option('--language <code>', 'what is spoken, like en; detected where it is missing', codeOf)
    .option('--translate', 'into English, where the model can')
    .option('--model <name>', 'a name of the catalogue, or a folder; default: EARSHOT_MODEL')
    .option('--prompt <text>', 'text that might go before: style, spelling, names')
    .option('--keywords <names...>', 'names and terms that may occur')
    .option('--diarize', 'say who speaks; earshot models pull diarization')
    .addOption(
      new Option('--channels <how>', 'separate: a call with a speaker on each of two channels')
        .choices(CHANNELS)
        .default('mix'),
    )
    .addOption(new Option('--track <number>', 'which sound track; 1 is the first').argParser(wholeNumber(1)))
    .action(
      tools.action((settings, what: string, options: Options) => {
        const { model, diarize, channels } = options
        if (diarize && channels === 'separate')
          throw new CommandError('separate channels say who speaks: leave out --diarize', USAGE)
        const config = model === undefined ? settings : { ...settings, EARSHOT_MODEL: model }
        return interruptible((signal) =>
          withScratch((scratch) =>
            withPipeline(tools, config, options, signal, (pipeline) =>
              transcribed(config, pipeline, what, options, { scratch, signal }),
            ),
          ),
        )
      }),
    )
}

type Pipeline = Awaited<ReturnType<CliTools['openPipeline']>>

async function withPipeline(
  tools: CliTools,
  config: Config,
  { language, translate, diarize, prompt, keywords }: Options,
  signal: AbortSignal,
  work: (pipeline: Pipeline) => Promise<void>,
): Promise<void> {
  const opening = tools.openPipeline(config, {
    ...(language !== undefined && { language }),
    ...(translate && { task: 'translate' }),
    ...(prompt !== undefined && { prompt }),
    ...(keywords && { keywords }),
    ...(diarize && { diarize }),
  })
  // A model may take a while to load; its process ends with this one.
  const pipeline = await unlessAborted(opening, signal)
  await work(pipeline).finally(pipeline.close)
}

async function transcribed(
  config: Config,
  pipeline: Pipeline,
  what: string,
  { format, channels, track }: Options,
  { scratch, signal }: { scratch: string; signal: AbortSignal },
): Promise<void> {
  const path = await localPath(config, pipeline.fetcher, what, scratch, signal)
  const bar = progressBar()
  const { transcript, sound } = await transcribeFile(pipeline, path, {
    signal,
    maxSeconds: config.EARSHOT_MAX_MINUTES * 60,
    track,
    channels,
    onPart: async (_, __, fraction) => bar.show(fraction),
  }).finally(bar.clear)
  for (const { message } of sound.warnings) process.stderr.write(`earshot: ${message}\n`)
  say(render(transcript, format))
}

function codeOf(language: string): string {
  const code = readCode(language)
  if (code === null) throw new InvalidArgumentError('Give an ISO 639-1 code, like en.')
  return code
}

async function localPath(
  config: Config,
  fetcher: Fetcher,
  what: string,
  dir: string,
  signal: AbortSignal,
): Promise<string> {
  if (!/^https?:\/\//i.test(what)) {
    const found = await stat(what).catch(() => undefined)
    if (found?.isFile()) return what
    if (!isPlatform(what)) throw new Error(`there is no file ${what}`)
  }
  const limits = {
    maxSeconds: config.EARSHOT_MAX_MINUTES * 60,
    maxBytes: config.EARSHOT_MAX_UPLOAD_MB * 1024 * 1024,
    timeoutMs: 3_600_000,
  }
  const parsed = parseLink(what)
  const link = parsed.kind === 'media' ? parsed.link : await fetcher.resolve(parsed.link, signal)
  const probed = await fetcher.probe(link, dir, limits, signal)
  return (await fetcher.fetch(link, probed, dir, limits, () => {}, signal)).path
}

/** On a terminal a bar on stderr; nothing at all elsewhere. */
function progressBar(): { show(fraction: number): void; clear(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, clear: () => {} }
  return {
    show(fraction) {
      const full = Math.round(fraction * BAR_WIDTH)
      const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full)
      process.stderr.write(`\r${bar} ${Math.round(fraction * 100)} %`)
    },
    clear: () => process.stderr.write('\r\u001b[K'),
  }
}
