/** Which recordings a page has in hand. The browser forgets it with the page, however that ends. */
const PREFIX = 'earshot-recording:'

const held = new Set<string>()

/** @returns false: another tab has it */
export function hold(id: string): Promise<boolean> {
  // Browsers that know no locks, or none here, have each tab see all.
  if (held.has(id) || !navigator.locks) return Promise.resolve(true)
  return new Promise((tell) => {
    void navigator.locks.request(PREFIX + id, { ifAvailable: true }, (lock) => {
      tell(lock !== null)
      if (!lock) return
      held.add(id)
      // Until the page is gone.
      return new Promise(() => {})
    })
  })
}

/** Those that other tabs are recording or sending. */
export async function heldElsewhere(): Promise<Set<string>> {
  const locks = (await navigator.locks?.query())?.held ?? []
  const ids = locks.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))
  return new Set(ids.filter((id) => !held.has(id)))
}
