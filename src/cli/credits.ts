import type { Command } from 'commander'
import { audit } from '../domain/credits/audit.ts'
import { balanceOf } from '../domain/credits/balance.ts'
import { grant } from '../domain/credits/grant.ts'
import { type CliTools, withBase } from './context.ts'
import { print } from './output.ts'
import { wholeNumber } from './whole-number.ts'

export function credits(group: Command, tools: CliTools): void {
  group
    .command('grant')
    .description('give credits to an account')
    .argument('<account>')
    .argument('<credits>', 'whole number above zero', wholeNumber(1))
    .option('--reference <text>', 'names the occasion: the same one grants once')
    .option('--note <text>', 'shown in the statement')
    .action(
      tools.action(
        (config, accountId: string, amount: number, options: { reference?: string; note?: string }) =>
          withBase(tools, config, async ({ db, clock }) => {
            const granted = await db
              .transaction()
              .execute((tx) => grant(tx, clock.now(), { accountId, amount, ...options }))
            print({ granted, ...(await balanceOf(db, accountId)) })
          }),
      ),
    )
  group
    .command('balance')
    .description('posted, pending and available credits, as JSON')
    .argument('<account>')
    .action(
      tools.action((config, accountId: string) =>
        withBase(tools, config, async ({ db }) => print(await balanceOf(db, accountId))),
      ),
    )
  group
    .command('audit')
    .description('prove that the ledger is right; exit code 1 where it is not')
    .action(
      tools.action((config) =>
        withBase(tools, config, async ({ db }) => {
          const result = await audit(db)
          print(result)
          if (!result.ok) process.exitCode = 1
        }),
      ),
    )
}
