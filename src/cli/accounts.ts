import { type Command, Option } from 'commander'
import { createAccount } from '../domain/accounts/create.ts'
import { setSubscription } from '../domain/accounts/subscribe.ts'
import type { Deps } from '../domain/context.ts'
import { planOf } from '../domain/plans/catalogue.ts'
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from '../domain/tables.ts'
import { type CliTools, withBase } from './context.ts'
import { print } from './output.ts'
import { parseTime } from './parse-time.ts'
import { wholeNumber } from './whole-number.ts'

const monthly = ({ policy }: Deps, plan: string): { monthlyCredits: number } => ({
  monthlyCredits: planOf(policy.catalogue, plan).monthlyCredits,
})

interface SubscriptionOptions {
  plan?: string
  status?: SubscriptionStatus | 'none'
  periodEnd?: number
}

export function accounts(group: Command, tools: CliTools): void {
  group
    .command('create')
    .description('make an account; prints {accountId, apiKey} as JSON')
    .requiredOption('--name <name>', 'a name for people')
    .option('--plan <plan>', 'its plan, with its credits every month')
    .option('--credits <n>', 'credits given at once, instead of the plan’s first month', wholeNumber(0))
    .action(
      tools.action((config, { plan, ...options }: { name: string; plan?: string; credits?: number }) =>
        withBase(tools, config, async (deps) => {
          const terms = plan === undefined ? {} : { plan, ...monthly(deps, plan) }
          print(await createAccount(deps, { ...options, ...terms }))
        }),
      ),
    )
  group
    .command('subscription')
    .description('change an account’s plan, the state of its subscription, or the end of its period')
    .argument('<account>')
    .option('--plan <plan>', 'its plan')
    .addOption(new Option('--status <status>', 'its state').choices(['none', ...SUBSCRIPTION_STATUSES]))
    .option('--period-end <time>', 'ISO 8601: until when it is paid for', parseTime)
    .action(
      tools.action((config, accountId: string, { status, plan, periodEnd }: SubscriptionOptions) =>
        withBase(tools, config, async (deps) =>
          print(
            await setSubscription(deps, {
              accountId,
              plan,
              status: status === 'none' ? null : status,
              currentPeriodEnd: periodEnd,
            }),
          ),
        ),
      ),
    )
  group
    .command('list')
    .description('all accounts with their balances, as JSON')
    .action(
      tools.action((config) =>
        withBase(tools, config, async ({ db }) =>
          print(
            await db
              .selectFrom('accounts as a')
              .innerJoin('credit_balances as b', 'b.account_id', 'a.id')
              .select(['a.id', 'a.name', 'a.plan', 'a.subscription_status', 'b.posted', 'b.pending'])
              .orderBy('a.created_at')
              .execute(),
          ),
        ),
      ),
    )
}
