import type { Command } from 'commander'
import { confirmPurchase } from '../domain/plans/confirm.ts'
import { type CliTools, withBase } from './context.ts'
import { print } from './output.ts'

export function plans(group: Command, tools: CliTools): void {
  group
    .command('list')
    .description('the plans and packs that accounts can have, as JSON')
    .action(tools.action((config) => withBase(tools, config, async ({ policy }) => print(policy.catalogue))))
  group
    .command('purchases')
    .description('what was bought, or waits to be paid, as JSON')
    .option('--account <id>', 'whose; all where left out')
    .action(
      tools.action((config, { account }: { account?: string }) =>
        withBase(tools, config, async ({ db }) => {
          const all = db.selectFrom('purchases').selectAll().orderBy('created_at').orderBy('id')
          print(await (account === undefined ? all : all.where('account_id', '=', account)).execute())
        }),
      ),
    )
  group
    .command('confirm')
    .description('a purchase was paid by other means: give what was bought, once')
    .argument('<purchase>')
    .action(
      tools.action((config, purchaseId: string) =>
        withBase(tools, config, async (deps) => print(await confirmPurchase(deps, purchaseId))),
      ),
    )
}
