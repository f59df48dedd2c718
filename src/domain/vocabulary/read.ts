import type { Wishes } from '../../contract/wishes.ts'
import type { Db, Tx } from '../tables.ts'

export type Vocabulary = Required<Pick<Wishes, 'keywords' | 'replacements'>>

export async function readVocabulary(db: Db | Tx, accountId: string): Promise<Vocabulary> {
  const row = await db
    .selectFrom('vocabularies')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return {
    keywords: JSON.parse(row?.keywords ?? '[]') as Vocabulary['keywords'],
    replacements: JSON.parse(row?.replacements ?? '[]') as Vocabulary['replacements'],
  }
}
