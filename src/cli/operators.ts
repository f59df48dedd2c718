import type { Command } from 'commander'
import { operatorToken } from '../domain/users/invite.ts'
import { type CliTools, withBase } from './context.ts'
import { print } from './output.ts'

/** Whoever may run this on the server's machine may make an operator, also where the last one is gone. */
export function operators(command: Command, tools: CliTools): void {
  command
    .command('invite')
    .description('make the link of a login for an operator; prints {path, token} as JSON')
    .action(
      tools.action((config) =>
        withBase(tools, config, async (deps) => {
          const token = await operatorToken(deps)
          if (token === undefined)
            throw new Error('there is no account yet: earshot accounts create --name NAME')
          print({ path: `/join#${token}`, token })
        }),
      ),
    )
}
