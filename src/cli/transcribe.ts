import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { Config } from '../config/schema.ts'
import { readCode } from '../contract/language.ts'
import { CHANNELS } from '../contract/wishes.ts'
import { isPlatform, parseLink } from '../domain/links/index.ts'
import { FORMATS, type Format, render } from '../domain/transcripts/formats.ts'
import { transcribeFile } from '../pipeline/transcribe-file.ts'
import type { Fetcher } from '../ports/fetcher.ts'
import type { CliTools } from './context.ts'

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
    .addOption(new Option('--format <format>', 'what to print').choices(FORMATS).default('txt'))
    .option('--language <code>', 'what is spoken, like en; detected where it is missing')
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
    .addOption(
      new Option('--track <number>', 'which sound track; 1 is the first').argParser((text) => Number(text)),
    )
    .action(
      tools.action(async (settings, what: string, options: Options) => {
        const { format, language, translate, diarize, channels, track, prompt, keywords, model } = options
        if (diarize && channels === 'separate')
          throw new Error('separate channels say who speaks: leave out --diarize')
        const config = model === undefined ? settings : { ...settings, EARSHOT_MODEL: model }
        const scratch = await mkdtemp(join(tmpdir(), 'earshot-'))
        const stop = new AbortController()
        process.once('SIGINT', () => stop.abort(new Error('interrupted')))
        const pipeline = await tools.openPipeline(config, {
          ...(language !== undefined && { language: codeOf(language) }),
          ...(translate && { task: 'translate' }),
          ...(prompt !== undefined && { prompt }),
          ...(keywords && { keywords }),
          ...(diarize && { diarize }),
        })
        try {
          const path = await localPath(config, pipeline.fetcher, what, scratch, stop.signal)
          const bar = progressBar()
          const { transcript, sound } = await transcribeFile(pipeline, path, {
            signal: stop.signal,
            maxSeconds: config.EARSHOT_MAX_MINUTES * 60,
            track,
            channels,
            onPart: async (_, __, fraction) => bar.show(fraction),
          }).finally(bar.clear)
          for (const { message } of sound.warnings) process.stderr.write(`earshot: ${message}\n`)
          process.stdout.write(render(transcript, format))
        } finally {
          await pipeline.close()
          await rm(scratch, { recursive: true, force: true })
        }
      }),
    )
}

function codeOf(language: string): string {
  const code = readCode(language)
  if (code === null) throw new Error(`${language} is no language: give an ISO 639-1 code, like en`)
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
