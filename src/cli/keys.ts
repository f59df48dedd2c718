import { type Command, InvalidArgumentError } from 'commander'
import { type Ctx, type Deps, SCOPES, type Scope } from '../domain/context.ts'
import { DomainError } from '../domain/errors.ts'
import { issueKey } from '../domain/keys/issue.ts'
import { listKeys } from '../domain/keys/list.ts'
import { revokeKey } from '../domain/keys/revoke.ts'
import { type CliTools, withBase } from './context.ts'
import { print } from './output.ts'
import { parseTime } from './parse-time.ts'

interface CreateOptions {
  account: string
  name?: string
  scopes?: Scope[]
  expires?: number
}

export function keys(group: Command, tools: CliTools): void {
  group
    .command('create')
    .description('make a key; it is shown this once')
    .requiredOption('--account <id>', 'whose')
    .option('--name <name>', 'a name for people')
    .option('--scopes <list>', `what it may do: ${SCOPES.join(',')}; all where left out`, parseScopes)
    .option('--expires <time>', 'ISO 8601; never where left out', parseTime)
    .action(
      tools.action((config, { account, name, scopes, expires }: CreateOptions) =>
        withBase(tools, config, async (deps) => {
          const ctx = await operatorFor(deps, account)
          const { apiKey, row } = await issueKey(deps, ctx, { name, scopes, expiresAt: expires })
          print({ keyId: row.id, apiKey })
        }),
      ),
    )
  group
    .command('list')
    .description('an account’s keys, as JSON')
    .requiredOption('--account <id>', 'whose')
    .action(
      tools.action((config, { account }: { account: string }) =>
        withBase(tools, config, async (deps) => {
          const rows = await listKeys(deps, await operatorFor(deps, account))
          print(
            rows.map(({ hash: _, scopes, ...row }) => ({ ...row, scopes: JSON.parse(scopes) as Scope[] })),
          )
        }),
      ),
    )
  group
    .command('revoke')
    .description('end a key at once')
    .argument('<keyId>')
    .action(
      tools.action((config, id: string) =>
        withBase(tools, config, async (deps) => {
          const owner = await deps.db
            .selectFrom('api_keys')
            .select('account_id')
            .where('id', '=', id)
            .executeTakeFirst()
          if (!owner) throw new DomainError('resource.not_found', `There is no key ${id}.`)
          await revokeKey(deps, await operatorFor(deps, owner.account_id), id)
          print({ keyId: id, revoked: true })
        }),
      ),
    )
}

/** The operator may do in an account whatever its owner may. */
async function operatorFor({ db }: Deps, accountId: string): Promise<Ctx> {
  const account = await db.selectFrom('accounts').select('id').where('id', '=', accountId).executeTakeFirst()
  if (!account) throw new DomainError('resource.not_found', `There is no account ${accountId}.`)
  return { accountId, keyId: null, scopes: SCOPES, requestId: 'cli' }
}

function parseScopes(text: string): Scope[] {
  return text.split(',').map((name) => {
    const scope = SCOPES.find((each) => each === name.trim())
    if (!scope) throw new InvalidArgumentError(`There is no scope “${name}”.`)
    return scope
  })
}
