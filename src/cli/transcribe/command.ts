import { extname } from 'node:path'
import type { Command } from 'commander'
import type { Config } from '../../config/schema.ts'
import type { CliTools } from '../context.ts'
import { interruptible } from '../interrupt.ts'
import { withScratch } from '../scratch.ts'
import { readInputs } from './inputs.ts'
import { openEar } from './open.ts'
import { formatOption, hearingOptions, OUTPUT_FORMATS, requireSense, serverOf } from './options.ts'
import { type OutputFormat, planJobs } from './outputs.ts'
import { reportAsLines, reportInWords } from './report.ts'
import { runJobs } from './run.ts'
import type { TranscribeOptions } from './wishes.ts'

const HINT = '; the same command goes on from here'

export function transcribe(command: Command, tools: CliTools): void {
  hearingOptions(
    command
      .argument('<inputs...>', 'files, folders, links; - for what is piped in')
      .addOption(formatOption('as the name after -o says, else txt'))
      .option('-o, --output <path>', 'a file, or a folder for several results; - prints all of them'),
  )
    .option('--force', 'do again what is done already')
    .option('--json', 'progress and results as lines of JSON')
    .addHelpText('after', HELP)
    .action(
      tools.action((config, args: string[], options: TranscribeOptions) =>
        interruptible((signal) => run(tools, config, args, options, signal), args.includes('-') ? '' : HINT),
      ),
    )
}

const HELP = `
One recording in one format is printed. Several recordings, a folder or several formats become files, in the folder
of -o or else beside each recording, and their names are printed. What is done already is skipped, and what was
interrupted goes on where it was.

  earshot transcribe talk.mp4 > talk.txt
  earshot transcribe talk.mp4 -o talk.srt
  earshot transcribe recordings/ --format srt,txt
  earshot transcribe https://youtu.be/jNQXAC9IVRw --mode captions
  ffmpeg -i talk.mkv -f wav - | earshot transcribe - --format json
  earshot transcribe talk.mp4 --server https://earshot.example.com --key sk_live_…
`

async function run(
  tools: CliTools,
  config: Config,
  args: string[],
  options: TranscribeOptions,
  signal: AbortSignal,
): Promise<void> {
  requireSense(options)
  // Whatever is wrong with it shows before anything is looked at.
  serverOf(config, options)
  const inputs = await readInputs(args)
  const { output, json = false, force = false } = options
  const jobs = await planJobs(inputs, options.format ?? formatsOf(output), output)
  const report = json ? reportAsLines() : reportInWords(jobs.length)
  try {
    const failed = await withScratch((scratch) =>
      runJobs(jobs, {
        open: () => openEar(tools, config, { options, scratch, signal, notices: report }),
        report,
        // Whoever names the very file wants it written.
        force: force || (jobs.length === 1 && output !== undefined && jobs[0]?.targets[0]?.path === output),
        signal,
      }),
    )
    if (failed > 0) process.exitCode = 1
  } finally {
    report.close()
  }
}

function formatsOf(output: string | undefined): OutputFormat[] {
  const ending = output === undefined ? '' : extname(output).slice(1).toLowerCase()
  return [OUTPUT_FORMATS.find((each) => each === ending) ?? 'txt']
}
