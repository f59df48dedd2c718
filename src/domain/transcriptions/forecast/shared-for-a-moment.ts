import type { Deps } from '../../context.ts'

/** A page that watches twenty transcriptions asks for each of them. */
const MOMENT_MS = 1000

/** One question to the database for all who ask within a second. */
export function sharedForAMoment<D extends Pick<Deps, 'db'>, Answer>(
  ask: (deps: D) => Promise<Answer>,
): (deps: D) => Promise<Answer> {
  const last = new WeakMap<Deps['db'], { at: number; answer: Promise<Answer> }>()
  return (deps) => {
    const known = last.get(deps.db)
    if (known && performance.now() - known.at < MOMENT_MS) return known.answer
    const answer = ask(deps)
    last.set(deps.db, { at: performance.now(), answer })
    // A fault is not shared.
    answer.catch(() => last.delete(deps.db))
    return answer
  }
}
