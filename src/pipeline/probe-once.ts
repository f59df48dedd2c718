import { stat } from 'node:fs/promises'
import type { ProbedFile, Prober } from '../ports/prober.ts'

/** Files that are remembered. */
const MOST = 500

/**
 * A prober that does not look twice: what was uploaded a moment ago need not be probed again when it is
 * transcribed, which is a third of the time that a short recording takes. A file is known by what stays when it
 * is moved, and by its last change.
 */
export function probeOnce(probe: Prober): Prober {
  const known = new Map<string, ProbedFile>()
  return async (path, signal) => {
    const { dev, ino, size, mtimeMs, birthtimeMs } = await stat(path)
    const key = [dev, ino, size, mtimeMs, birthtimeMs].join(':')
    const found = known.get(key) ?? (await probe(path, signal))
    // To the end: what was asked for last is forgotten last.
    known.delete(key)
    known.set(key, found)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest) known.delete(oldest)
    return found
  }
}
