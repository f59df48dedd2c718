/** Transcribes many links, or a playlist, a channel or a podcast's feed, on a server. */
import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { type Batch, Earshot } from '../client/index.ts'
import type { CreateBatchBody } from '../contract/batches.ts'
import { aServer, type ServerOptions, serverOptions } from './a-server.ts'
import { type CliTools, CommandError, USAGE } from './context.ts'
import { interruptible } from './interrupt.ts'
import { print } from './output.ts'
import { formatOption } from './transcribe/options.ts'
import type { OutputFormat } from './transcribe/outputs.ts'
import { wholeNumber } from './whole-number.ts'

interface BatchOptions extends ServerOptions {
  list?: boolean
  limit?: number
  name?: string
  language?: string
  model?: string
  diarize?: boolean
  preview?: boolean
  output?: string
  format?: OutputFormat[]
}

export function batch(command: Command, tools: CliTools): void {
  serverOptions(command)
    .argument('<links...>', 'links to posts and media files; with --list, one playlist, channel or feed')
    .option('--list', 'the link is a playlist, a channel or a podcast’s feed: transcribe its entries')
    .addOption(
      new Option('--limit <number>', 'with --list: how many entries, from the top; default: 100').argParser(
        wholeNumber(1),
      ),
    )
    .option('--name <name>', 'a name for the batch')
    .option('--language <code>', 'what is spoken, like en; default: detected')
    .option('--model <name>', 'a model of the server')
    .option('--diarize', 'say who speaks')
    .option('--preview', 'only print the items and the cost, as JSON')
    .option('-o, --output <file>', 'write the texts to this ZIP file')
    .addOption(formatOption('txt'))
    .action(
      tools.action(async (config, links: string[], options: BatchOptions) => {
        const body = bodyOf(links, options)
        const earshot = new Earshot(aServer(config, options))
        if (options.preview) return print(await earshot.batches.preview(body))
        const { id } = await earshot.batches.create(body)
        process.stderr.write(`${id}\n`)
        const ended = await interruptible(
          (signal) => earshot.batches.wait(id, { signal, onProgress: tell }),
          `: the server goes on with ${id}`,
        )
        if (options.output !== undefined)
          await writeFile(options.output, await earshot.batches.zip(id, options.format))
        print(ended)
        if (ended.counts.failed > 0) process.exitCode = 1
      }),
    )
}

/** @throws CommandError */
function bodyOf(
  links: string[],
  { list, limit, name, language, model, diarize }: BatchOptions,
): CreateBatchBody {
  if (!list && limit !== undefined) throw new CommandError('--limit goes with --list', USAGE)
  if (list && links.length > 1) throw new CommandError('--list takes one playlist, channel or feed', USAGE)
  const what = list ? { url: links[0], limit } : { items: links }
  return { ...what, name, language, model, diarize }
}

function tell({ counts, total, pct }: Batch): void {
  const ended = counts.succeeded + counts.failed + counts.cancelled
  if (process.stderr.isTTY)
    process.stderr.write(`\r${pct} %  ${ended} of ${total}\x1b[K${ended === total ? '\n' : ''}`)
}
