import type { Command } from 'commander'
import type { Config } from '../../config/schema.ts'
import { type CliTools, CommandError, USAGE } from '../context.ts'
import { interruptible } from '../interrupt.ts'
import { listOf } from '../list-of.ts'
import { say } from '../output.ts'
import { runnerServer } from './server.ts'
import { runRunner } from './work.ts'

interface Options {
  server?: string
  token?: string
  models?: string[]
}

export function runner(command: Command, tools: CliTools): void {
  command
    .option('--server <url>', 'whose parts; default: EARSHOT_SERVER')
    .option('--token <token>', 'from earshot runners create; default: EARSHOT_RUNNER_TOKEN')
    .option('--models <list>', 'only these of the models that are here, separated by commas', listOf)
    .addHelpText('after', HELP)
    .action(
      tools.action((config, options: Options) =>
        interruptible((signal) => run(tools, config, options, versionOf(command), signal)).catch(
          (cause: unknown) => {
            // Ctrl-C and a supervisor's signal are how it ends.
            if (!(cause instanceof CommandError && cause.exitCode > 128)) throw cause
          },
        ),
      ),
    )
}

const HELP = `
It asks the server for parts of recordings, hears them with a model of this machine, and sends back the words: no port
is opened here, and nothing of the server is needed but its address. Models: earshot models pull NAME.

  earshot runner --server https://earshot.example.com --token rt_…
`

const versionOf = (command: Command): string => command.parent?.version() ?? '0'

async function run(
  tools: CliTools,
  config: Config,
  { server: url = config.EARSHOT_SERVER, token = config.EARSHOT_RUNNER_TOKEN, models }: Options,
  version: string,
  stop: AbortSignal,
): Promise<void> {
  if (!url || !URL.canParse(url)) throw new CommandError('whose runner? --server URL', USAGE)
  if (!token)
    throw new CommandError('--token is missing: earshot runners create --name NAME makes one', USAGE)
  const { engine, logger, close } = await tools.openEngine(config)
  try {
    const here = engine.models().map(({ model }) => model)
    const missing = models?.find((name) => !here.includes(name))
    if (missing !== undefined)
      throw new CommandError(`the model ${missing} is not here; here are ${here.join(', ')}`, 1)
    say(`hears for ${new URL(url).host} with ${(models ?? here).join(', ')}\n`)
    await runRunner(
      {
        server: runnerServer(url, token),
        engine,
        version,
        models,
        logger,
        graceMs: config.EARSHOT_DRAIN * 1000,
      },
      stop,
    )
  } finally {
    await close()
  }
}
