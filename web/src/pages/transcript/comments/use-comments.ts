import { useCallback, useMemo, useState } from 'react'
import type { Comment } from '../../../../../src/contract/comments.ts'
import type { Segments } from '../editor/segments.ts'
import type { Mark } from '../pieces.ts'
import type { Quoted } from '../quote/quote.ts'
import { createLocator, type Found, marksOf } from './anchor.ts'
import { useCommentList } from './data.ts'

export interface PlacedComment extends Comment {
  /** Where its words are now; undefined: they are gone. */
  found: Found | undefined
}

const NONE: readonly Mark[] = []

/** The comments on a transcript, and where each of them is in the text as it is now. */
export function useComments(id: string, segments: Segments) {
  const query = useCommentList(id)
  const [locate] = useState(createLocator)
  const [chosen, choose] = useState<string>()
  /** What is being commented on. */
  const [passage, setPassage] = useState<Quoted>()
  const placed = useMemo<PlacedComment[]>(
    () => (query.data ?? []).map((comment) => ({ ...comment, found: locate(segments, comment) })),
    [query.data, locate, segments],
  )
  const marks = useMemo(() => marked(segments, placed, chosen), [segments, placed, chosen])
  return {
    query,
    placed,
    open: placed.filter(({ resolvedAt }) => resolvedAt === null),
    chosen,
    choose,
    passage,
    write: setPassage,
    endWriting: useCallback(() => setPassage(undefined), []),
    marksOf: (at: number): readonly Mark[] => marks.get(at) ?? NONE,
  }
}

/** Those that are open, and the one that was chosen, before the others. */
function marked(
  segments: Segments,
  placed: readonly PlacedComment[],
  chosen: string | undefined,
): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>()
  for (const { id, found, resolvedAt } of placed) {
    const isChosen = id === chosen
    if (!found || (resolvedAt !== null && !isChosen)) continue
    for (const [at, range] of marksOf(segments, found)) {
      const others = marks.get(at) ?? []
      marks.set(
        at,
        isChosen ? [{ ...range, comment: 'current' }, ...others] : [...others, { ...range, comment: 'open' }],
      )
    }
  }
  return marks
}
