import { useCallback, useMemo, useState } from 'react'
import type { Comment } from '../../../../../src/contract/comments.ts'
import type { Segments } from '../editor/segments.ts'
import type { Mark } from '../pieces.ts'
import type { Quoted } from '../quote/quote.ts'
import { listsAlike, useAlike } from '../use-alike.ts'
import { createLocator, type Found, marksOf } from './anchor.ts'
import { useCommentList } from './data.ts'

export interface PlacedComment extends Comment {
  /** Where its words are now; undefined: they are gone. */
  found: Found | undefined
}

interface Placing {
  comment: Comment
  found: Found | undefined
}

const NONE: readonly Mark[] = []

/** The comments on a transcript, and where each of them is in the text as it is now. */
export function useComments(id: string, segments: Segments) {
  const { data, error, isFetching, refetch } = useCommentList(id)
  const query = useMemo(() => ({ data, error, isFetching, refetch }), [data, error, isFetching, refetch])
  const [locate] = useState(createLocator)
  const [chosen, choose] = useState<string>()
  /** What is being commented on. */
  const [passage, setPassage] = useState<Quoted>()
  const now = useMemo<Placing[]>(
    () => (data ?? []).map((comment) => ({ comment, found: locate(segments, comment) })),
    [data, locate, segments],
  )
  const placing = useAlike(now, placingsAlike)
  const placed = useMemo(() => placing.map(({ comment, found }) => ({ ...comment, found })), [placing])
  const open = useMemo(() => placed.filter(({ resolvedAt }) => resolvedAt === null), [placed])
  const marks = useMemo(() => marked(segments, placed, chosen), [segments, placed, chosen])
  return {
    query,
    placed,
    open,
    chosen,
    choose,
    passage,
    write: setPassage,
    endWriting: useCallback(() => setPassage(undefined), []),
    marksOf: (at: number): readonly Mark[] => marks.get(at) ?? NONE,
  }
}

const placingsAlike = (before: readonly Placing[], now: readonly Placing[]): boolean =>
  listsAlike(before, now, (one, other) => one.comment === other.comment && foundAlike(one.found, other.found))

const foundAlike = (one: Found | undefined, other: Found | undefined): boolean =>
  one?.changed === other?.changed &&
  one?.from.at === other?.from.at &&
  one?.from.offset === other?.from.offset &&
  one?.to.at === other?.to.at &&
  one?.to.offset === other?.to.offset

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
