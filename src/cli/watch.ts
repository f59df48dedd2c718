import type { Command } from 'commander'
import type { Config } from '../config/schema.ts'
import { type CliTools, CommandError } from './context.ts'
import { interruptible } from './interrupt.ts'
import { withScratch } from './scratch.ts'
import { openEar } from './transcribe/open.ts'
import { formatOption, hearingOptions, requireSense, serverOf } from './transcribe/options.ts'
import type { OutputFormat } from './transcribe/outputs.ts'
import { reportAsLines, reportInWords } from './transcribe/report.ts'
import type { TranscribeOptions } from './transcribe/wishes.ts'
import { wholeNumber } from './whole-number.ts'

const DEFAULT_FORMATS: OutputFormat[] = ['srt', 'txt']
const DEFAULT_SECONDS = 10

interface WatchOptions extends TranscribeOptions {
  every: number
}

export function watch(command: Command, tools: CliTools): void {
  hearingOptions(
    command
      .argument('<folder>', 'with all that is in it; each recording gets its files beside it')
      .addOption(formatOption(DEFAULT_FORMATS.join()))
      .option('-o, --output <folder>', 'where the files go instead'),
  )
    .option('--every <seconds>', 'how often to look', wholeNumber(1), DEFAULT_SECONDS)
    .option('--json', 'progress and results as lines of JSON')
    .addHelpText('after', HELP)
    .action(
      tools.action((config, folder: string, options: WatchOptions) =>
        interruptible((signal) => run(tools, config, folder, options, signal)).catch((cause: unknown) => {
          // Ctrl-C and a supervisor's signal are how it ends.
          if (!(cause instanceof CommandError && cause.exitCode > 128)) throw cause
        }),
      ),
    )
}

const HELP = `
It looks at the folder again and again, as network drives tell of nothing. A file that still grows is left until it
has been the same twice. What has its files already is skipped, also after a restart.

  earshot watch /mnt/nas/films --format srt --language en
`

async function run(
  tools: CliTools,
  config: Config,
  folder: string,
  options: WatchOptions,
  signal: AbortSignal,
): Promise<void> {
  requireSense(options)
  serverOf(config, options)
  const { watchFolder } = await import('./transcribe/watch-folder.ts')
  // How many there will be is not known: names are said with all that is said.
  const report = options.json ? reportAsLines() : reportInWords(Number.POSITIVE_INFINITY)
  try {
    await withScratch((scratch) =>
      watchFolder(folder, {
        formats: options.format ?? DEFAULT_FORMATS,
        output: options.output,
        everyMs: options.every * 1000,
        open: () => openEar(tools, config, { options, scratch, signal, notices: report }),
        report,
        signal,
      }),
    )
  } finally {
    report.close()
  }
}
