import type { Elsewhere } from '../../ports/text-work.ts'
import type { Ctx, Deps } from '../context.ts'
import type { EDITING } from '../transcriptions/editing.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { readStored } from '../transcriptions/transcript.ts'
import { type WithoutFont, withoutFont } from './scripts.ts'

/** Of a script. Beyond these, another one tells nobody anything. */
const MOST_LETTERS = 20

type FontDeps = Pick<Deps, 'db'> & { texts: Pick<Elsewhere<typeof EDITING>, 'charactersOf'> }

/**
 * The letters of a transcript that cannot be drawn. Nothing is read where all scripts can.
 * @param lacking scripts without a font
 * @throws DomainError `resource.not_found`
 */
export async function lettersWithoutFont(
  deps: FontDeps,
  ctx: Ctx,
  transcriptionId: string,
  lacking: readonly string[],
): Promise<WithoutFont[]> {
  if (lacking.length === 0) return []
  const found = await readStored(deps.db, await getTranscription(deps, ctx.accountId, transcriptionId))
  if (!found) return []
  const all = withoutFont(await deps.texts.charactersOf(found.stored), lacking)
  return all.map(({ script, letters }) => ({ script, letters: [...letters].slice(0, MOST_LETTERS).join('') }))
}
