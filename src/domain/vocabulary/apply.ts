import { MOST_KEYWORDS, type Wishes } from '../../contract/wishes.ts'
import type { Vocabulary } from './read.ts'

/**
 * A request's wishes with the account's vocabulary: its own come first, and where both replace the same, its own are
 * taken. Into the wishes, so that they are frozen with the request, and make it another one than without them.
 */
export function withVocabulary(wishes: Wishes, { keywords, replacements }: Vocabulary): Wishes {
  const own = wishes.replacements ?? []
  const said = new Set(own.map(({ from }) => from.toLowerCase()))
  const allKeywords = [...new Set([...(wishes.keywords ?? []), ...keywords])].slice(0, MOST_KEYWORDS)
  const allReplacements = [...own, ...replacements.filter(({ from }) => !said.has(from.toLowerCase()))]
  return {
    ...wishes,
    ...(allKeywords.length > 0 && { keywords: allKeywords }),
    ...(allReplacements.length > 0 && { replacements: allReplacements }),
  }
}
