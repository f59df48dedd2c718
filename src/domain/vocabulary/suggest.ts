import { MOST_KEYWORDS } from '../../contract/wishes.ts'
import type { Elsewhere } from '../../ports/text-work.ts'
import type { Ctx, Deps } from '../context.ts'
import type { EDITING } from '../transcriptions/editing.ts'
import type { Correction } from '../transcripts/corrections.ts'
import { readVocabulary } from './read.ts'

/** The transcripts that are compared: those that were edited last. */
const TRANSCRIPTS = 10
const MOST = 20

/** What the account has corrected at least twice, and its vocabulary does not have yet. */
export async function suggestVocabulary(
  { db, texts }: Pick<Deps, 'db'> & { texts: Elsewhere<Pick<typeof EDITING, 'corrections'>> },
  { accountId }: Ctx,
): Promise<Correction[]> {
  const { keywords, replacements } = await readVocabulary(db, accountId)
  if (keywords.length >= MOST_KEYWORDS) return []
  const rows = await db
    .selectFrom('transcript_edits as e')
    .innerJoin('transcriptions as t', 't.id', 'e.transcription_id')
    .select(['t.transcript as original', 'e.transcript as edited'])
    .where('e.account_id', '=', accountId)
    .orderBy('e.edited_at', 'desc')
    .limit(TRANSCRIPTS)
    .execute()
  const known = new Set(replacements.map(({ from }) => from.toLowerCase()))
  const found = await texts.corrections(
    rows.map(({ original }) => original ?? '{"segments":[]}'),
    rows.map(({ edited }) => edited),
  )
  return found.filter(({ from }) => !known.has(from)).slice(0, MOST)
}
