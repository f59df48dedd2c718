/** Whether this page has begun to record: the frame of all pages fetches what shows that only then. */
let isBegun = false
const listeners = new Set<() => void>()

export const begun = {
  read: (): boolean => isBegun,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  tell(): void {
    isBegun = true
    for (const listener of listeners) listener()
  },
}
