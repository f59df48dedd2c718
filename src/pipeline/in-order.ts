/** Parts come back in any order; what takes them wants them in theirs. At most those in between are kept. */
export function inOrder<T extends { index: number }>(take: (item: T) => void): (item: T) => void {
  const early = new Map<number, T>()
  let next = 0
  return (item) => {
    early.set(item.index, item)
    for (let ready = early.get(next); ready; ready = early.get(next)) {
      early.delete(next)
      next++
      take(ready)
    }
  }
}
