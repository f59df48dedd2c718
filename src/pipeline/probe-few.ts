import type { Prober } from '../ports/prober.ts'

/**
 * A prober that looks at so many files at once, whoever sends them; the others wait for their turn. A hundred
 * uploads that end in one moment would otherwise start a hundred programs, each of which may take 1 GB.
 */
export function probeFew(probe: Prober, most: number): Prober {
  let looking = 0
  const line = new Set<() => void>()

  async function inLine(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    let next = (): void => {}
    let leave = (): void => {}
    const turn = new Promise<void>((resolve, reject) => {
      next = resolve
      leave = () => reject(signal?.reason)
    })
    line.add(next)
    signal?.addEventListener('abort', leave, { once: true })
    try {
      await turn
    } finally {
      line.delete(next)
      signal?.removeEventListener('abort', leave)
    }
  }

  return async (path, signal) => {
    // Whoever ends hands on the place, so that nobody who comes meanwhile takes it.
    if (looking >= most) await inLine(signal)
    else looking++
    try {
      return await probe(path, signal)
    } finally {
      const [next] = line
      if (next) {
        line.delete(next)
        next()
      } else looking--
    }
  }
}
