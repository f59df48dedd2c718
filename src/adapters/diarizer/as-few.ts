/** So many people, where more were told apart than there are. */

interface Heard {
  /** Of unit length. */
  print: Float64Array
  seconds: number
  /** Which of the known voices. */
  known?: number
}

/** Seconds. Who was heard for longer is not harder to take for somebody else. */
const ENOUGH = 10

interface Group {
  members: number[]
  print: Float64Array
  seconds: number
  known: number | undefined
}

/**
 * Makes one of the two that cost least, again and again. It costs more the less alike they are and the more there was to
 * hear of both: a cough is somebody's, a guest who said three sentences stays one. (The cost is Ward's, with the weights
 * bounded: with whole lengths as weights, two halves of an hour of one voice cost more than such a guest.)
 * @returns for each the one that stands for the group, which is the one that was heard longest
 */
export function asFew<P extends Heard>(people: readonly P[], most: number): Map<P, P> {
  const groups: Group[] = people.map(({ print, seconds, known }, k) => ({
    ...{ members: [k], print, seconds, known },
  }))
  const costs = groups.map((one) => groups.map((other) => costOf(one, other)))
  while (groups.length > Math.max(1, most)) {
    const pair = cheapest(costs)
    if (!pair) break
    const [a, b] = pair
    groups[a] = together(groups[a]!, groups[b]!)
    groups.splice(b, 1)
    costs.splice(b, 1)
    for (const [k, row] of costs.entries()) {
      row.splice(b, 1)
      row[a] = costs[a]![k] = costOf(groups[a]!, groups[k]!)
    }
  }
  const stands = new Map<P, P>()
  for (const { members, known } of groups) {
    const longest = members.reduce((best, k) => (people[k]!.seconds > people[best]!.seconds ? k : best))
    const named = members.find((k) => known !== undefined && people[k]!.known === known)
    for (const k of members) stands.set(people[k]!, people[named ?? longest]!)
  }
  return stands
}

/** Undefined: no two can be one. */
function cheapest(costs: readonly (readonly number[])[]): [number, number] | undefined {
  let found: [number, number] | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [a, row] of costs.entries())
    for (let b = a + 1; b < row.length; b++) if (row[b]! < least) [least, found] = [row[b]!, [a, b]]
  return found
}

/** Two that are known by different names are never one. */
function costOf(one: Group, other: Group): number {
  if (one.known !== undefined && other.known !== undefined && one.known !== other.known)
    return Number.POSITIVE_INFINITY
  const [a, b] = [Math.min(one.seconds, ENOUGH), Math.min(other.seconds, ENOUGH)]
  return ((a * b) / (a + b)) * unlike(one.print, other.print)
}

function together(one: Group, other: Group): Group {
  const print = unit(one.print.map((x, i) => x * one.seconds + other.print[i]! * other.seconds))
  return {
    members: [...one.members, ...other.members],
    print,
    seconds: one.seconds + other.seconds,
    known: one.known ?? other.known,
  }
}

/** 1 − cosine. */
export const unlike = (a: Float64Array, b: Float64Array): number =>
  1 - a.reduce((sum, x, i) => sum + x * b[i]!, 0)

export function unit(print: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(print)
  const length = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0))
  return length > 0 ? values.map((x) => x / length) : values
}
