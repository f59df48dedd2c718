export interface Piece {
  /** Where it begins in the whole. */
  at: number
  text: string
  marked: boolean
}

/** A text in the order of its marked and unmarked pieces. @param marks [from, to) in UTF-16 units, in order */
export function pieces(text: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const cuts: Piece[] = []
  let at = 0
  const take = (to: number, marked: boolean): void => {
    if (to > at) cuts.push({ at, text: text.slice(at, to), marked })
    at = Math.max(at, to)
  }
  for (const [from, to] of marks) {
    take(from, false)
    take(to, true)
  }
  take(text.length, false)
  return cuts
}
