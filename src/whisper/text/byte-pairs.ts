/** Byte-pair encoding: letters join to the longest tokens that the vocabulary's merges allow, most frequent pair first. */
import type { Vocabulary } from './vocabulary.ts'

/** Words come again and again; beyond this many the oldest are forgotten. */
const REMEMBERED = 10_000

/** Reads the merges, some 50,000 of them, which takes longer than all else: only who encodes should call it. */
export function bytePairs({ text, merges }: Vocabulary): (letters: string) => readonly number[] {
  const ids = new Map<string, number>()
  for (const [id, spelling] of text) if (spelling && !ids.has(spelling)) ids.set(spelling, id)
  const parts = merges ? byRank(rankOf(merges())) : longest(ids)
  const remembered = new Map<string, readonly number[]>()
  return (letters) => {
    const seen = remembered.get(letters)
    if (seen) return seen
    const found = parts(letters)
      .map((part) => ids.get(part))
      .filter((id) => id !== undefined)
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value!)
    remembered.set(letters, found)
    return found
  }
}

function rankOf(merges: Iterable<readonly [string, string]>): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  for (const [left, right] of merges) {
    const pair = `${left} ${right}`
    if (!ranks.has(pair)) ranks.set(pair, ranks.size)
  }
  return ranks
}

interface Pair {
  rank: number
  /** Where its left part begins. */
  at: number
  left: string
  right: string
}

/**
 * The pair of the lowest rank is joined first, the leftmost of equals. A heap keeps a "word" of a hundred thousand
 * letters as quick, letter for letter, as one of ten.
 */
function byRank(ranks: ReadonlyMap<string, number>): (letters: string) => string[] {
  return (letters) => {
    const parts: string[] = [...letters]
    const next = parts.map((_, at) => at + 1)
    const before = parts.map((_, at) => at - 1)
    const heap = new Heap()
    const consider = (at: number): void => {
      const left = parts[at]
      const right = parts[next[at]!]
      if (left === undefined || right === undefined) return
      const rank = ranks.get(`${left} ${right}`)
      if (rank !== undefined) heap.push({ rank, at, left, right })
    }
    for (let at = 0; at < parts.length; at++) consider(at)
    for (let pair = heap.pop(); pair; pair = heap.pop()) {
      const { at, left, right } = pair
      const gone = next[at]!
      if (parts[at] !== left || parts[gone] !== right) continue
      parts[at] = left + right
      parts[gone] = ''
      next[at] = next[gone]!
      if (next[at]! < parts.length) before[next[at]!] = at
      consider(at)
      if (before[at]! >= 0) consider(before[at]!)
    }
    return parts.filter((part) => part !== '')
  }
}

/** Without merges: from the left, the longest token that fits. Nearly always the same, at times a token more. */
function longest(ids: ReadonlyMap<string, number>): (letters: string) => string[] {
  let most = 1
  for (const spelling of ids.keys()) most = Math.max(most, spelling.length)
  return (letters) => {
    const parts: string[] = []
    for (let at = 0; at < letters.length; ) {
      let length = Math.min(most, letters.length - at)
      while (length > 1 && !ids.has(letters.slice(at, at + length))) length--
      parts.push(letters.slice(at, at + length))
      at += length
    }
    return parts
  }
}

/** A binary heap: the lowest rank first, then the leftmost. */
class Heap {
  private readonly pairs: Pair[] = []

  push(pair: Pair): void {
    const { pairs } = this
    let at = pairs.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!goesFirst(pair, pairs[parent]!)) break
      pairs[at] = pairs[parent]!
      at = parent
    }
    pairs[at] = pair
  }

  pop(): Pair | undefined {
    const { pairs } = this
    const top = pairs[0]
    const last = pairs.pop()
    if (last === undefined || pairs.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= pairs.length) break
      if (child + 1 < pairs.length && goesFirst(pairs[child + 1]!, pairs[child]!)) child++
      if (!goesFirst(pairs[child]!, last)) break
      pairs[at] = pairs[child]!
      at = child
    }
    pairs[at] = last
    return top
  }
}

const goesFirst = (a: Pair, b: Pair): boolean => a.rank < b.rank || (a.rank === b.rank && a.at < b.at)
