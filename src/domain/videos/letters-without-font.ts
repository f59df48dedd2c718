import { byScript, type WithoutFont } from '../../contract/scripts.ts'
import type { Elsewhere } from '../../ports/text-work.ts'
import type { Ctx, Deps } from '../context.ts'
import type { EDITING } from '../transcriptions/editing.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { readStored } from '../transcriptions/transcript.ts'

/** Of a script. Beyond these, another one tells nobody anything. */
const MOST_LETTERS = 20

type FontDeps = Pick<Deps, 'db'> & { texts: Pick<Elsewhere<typeof EDITING>, 'charactersOf'> }

/** Which letters of a text cannot be drawn; undefined: all can, as far as is known. */
export type Undrawn = ((text: string) => Promise<readonly string[]>) | undefined

/**
 * The letters of a transcript that cannot be drawn. Nothing is read where all can.
 * @throws DomainError `resource.not_found`
 */
export async function lettersWithoutFont(
  deps: FontDeps,
  ctx: Ctx,
  transcriptionId: string,
  undrawn: Undrawn,
): Promise<WithoutFont[]> {
  if (!undrawn) return []
  const found = await readStored(deps.db, await getTranscription(deps, ctx.accountId, transcriptionId))
  if (!found) return []
  const all = byScript(await undrawn(await deps.texts.charactersOf(found.stored)))
  return all.map(({ script, letters }) => ({ script, letters: [...letters].slice(0, MOST_LETTERS).join('') }))
}
