import type { Deps } from '../context.ts'

export async function accountName({ db }: Pick<Deps, 'db'>, id: string): Promise<string> {
  const { name } = await db
    .selectFrom('accounts')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return name
}
