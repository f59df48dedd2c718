import type { Command } from 'commander'
import { createKey } from '../domain/keys/create.ts'
import { type CliTools, print, withBase } from './context.ts'

export function keys(program: Command, tools: CliTools): void {
  const group = program.command('keys').description('API keys of an account')
  group
    .command('create')
    .description('make a key; it is shown this once')
    .requiredOption('--account <id>', 'whose')
    .option('--name <name>', 'a name for people')
    .action(
      tools.action((config, { account, name }: { account: string; name?: string }) =>
        withBase(tools, config, async ({ db, clock }) => {
          await db.selectFrom('accounts').select('id').where('id', '=', account).executeTakeFirstOrThrow()
          const { apiKey, row } = await db
            .transaction()
            .execute((tx) => createKey(tx, clock.now(), { accountId: account, ...(name && { name }) }))
          print({ keyId: row.id, apiKey })
        }),
      ),
    )
  group
    .command('revoke')
    .description('end a key at once')
    .argument('<keyId>')
    .action(
      tools.action((config, id: string) =>
        withBase(tools, config, async ({ db, clock }) => {
          const { numUpdatedRows } = await db
            .updateTable('api_keys')
            .set({ revoked_at: clock.now() })
            .where('id', '=', id)
            .where('revoked_at', 'is', null)
            .executeTakeFirst()
          if (numUpdatedRows === 0n) throw new Error(`there is no key ${id} that could be revoked`)
          print({ keyId: id, revoked: true })
        }),
      ),
    )
}
