import type { Command } from 'commander'
import type { Config } from '../config/schema.ts'
import type { ModelInfo } from '../ports/model-library.ts'
import { type CliTools, print } from './context.ts'

const MB = 1e6

export function models(program: Command, tools: CliTools): void {
  const group = program.command('models').description('speech models: which there are, and fetching them')
  group
    .command('list')
    .description('the catalogue, and what of it is installed')
    .option('--json', 'for scripts')
    .action(
      tools.action(async (config, { json }: { json?: boolean }) => {
        const all = await tools.openModels(config).list()
        if (json) return print(all)
        for (const model of all) process.stdout.write(`${line(model)}\n`)
        process.stdout.write(
          '\n● installed   ★ serves where EARSHOT_MODEL is not set\n' +
            'Word error rates: Open ASR Leaderboard, English, short form.\n',
        )
      }),
    )
  group
    .command('pull')
    .description('fetch a model; an interrupted one goes on where it was')
    .argument('<model>')
    .action(tools.action((config, name: string) => pull(tools, config, name)))
  group
    .command('use')
    .description('make an installed model the default; servers take it at their next start')
    .argument('<model>')
    .action(tools.action((config, name: string) => tools.openModels(config).use(name)))
  group
    .command('remove')
    .description('delete an installed model')
    .argument('<model>')
    .action(tools.action((config, name: string) => tools.openModels(config).remove(name)))
}

async function pull(tools: CliTools, config: Config, name: string): Promise<void> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted; the next pull goes on from here')))
  const { isTTY } = process.stderr
  await tools.openModels(config).pull(
    name,
    ({ bytes, total }) => {
      if (isTTY) process.stderr.write(`\r${name}: ${mb(bytes)} of ${mb(total)} MB`)
    },
    stop.signal,
  )
  if (isTTY) process.stderr.write('\n')
  process.stdout.write(`${name} is installed\n`)
}

const mb = (bytes: number): string => (bytes / MB).toFixed(0)

function line(model: ModelInfo): string {
  const {
    name,
    recognises,
    bytes,
    memoryMb,
    languages,
    licence,
    wordErrorRate,
    about,
    installed,
    isDefault,
  } = model
  const facts = [
    `${mb(bytes)} MB`,
    `${memoryMb} MB of memory${recognises ? ' a slot' : ''}`,
    languages,
    ...(wordErrorRate === null ? [] : [`${wordErrorRate} % word errors`]),
    licence,
  ]
  return `${installed ? '●' : ' '}${isDefault ? '★' : ' '} ${name.padEnd(18)} ${about}\n${' '.repeat(22)}${facts.join(' · ')}`
}
