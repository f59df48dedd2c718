import type { Command } from 'commander'
import { createRunner, listRunners, revokeRunner } from '../domain/runners/tokens.ts'
import { type CliTools, withBase } from './context.ts'
import { listOf } from './list-of.ts'
import { print } from './output.ts'

interface CreateOptions {
  name: string
  models?: string[]
  accounts?: string[]
}

export function runners(group: Command, tools: CliTools): void {
  group
    .command('create')
    .description('make the token of a runner; it is shown this once, as JSON {runnerId, token}')
    .requiredOption('--name <name>', 'a name for people: what it hears is marked with it')
    .option('--models <list>', 'only for these models, separated by commas', listOf)
    .option('--accounts <list>', 'only parts of these accounts, separated by commas', listOf)
    .action(
      tools.action((config, options: CreateOptions) =>
        withBase(tools, config, async (deps) => print(await createRunner(deps, options))),
      ),
    )
  group
    .command('list')
    .description('the runners whose tokens count, how fast they are and when they were seen, as JSON')
    .action(tools.action((config) => withBase(tools, config, async (deps) => print(await listRunners(deps)))))
  group
    .command('revoke')
    .description('end a token at once')
    .argument('<runnerId>')
    .action(
      tools.action((config, id: string) =>
        withBase(tools, config, async (deps) => {
          await revokeRunner(deps, id)
          print({ runnerId: id, revoked: true })
        }),
      ),
    )
}
