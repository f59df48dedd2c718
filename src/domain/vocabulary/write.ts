import type { Ctx, Deps } from '../context.ts'
import type { Vocabulary } from './read.ts'

/** Instead of what was kept before. */
export async function writeVocabulary(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { accountId }: Ctx,
  { keywords, replacements }: Vocabulary,
): Promise<void> {
  const values = {
    keywords: JSON.stringify(keywords),
    replacements: JSON.stringify(replacements),
    updated_at: clock.now(),
  }
  await db
    .insertInto('vocabularies')
    .values({ account_id: accountId, ...values })
    .onConflict((c) => c.column('account_id').doUpdateSet(values))
    .execute()
}
