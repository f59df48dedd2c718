import type { Elsewhere, Work } from '../../src/ports/text-work.ts'

/** What a server computes in another thread, computed in the test's own. */
export const here = <W extends Work>(work: W): Elsewhere<W> =>
  Object.fromEntries(
    Object.entries(work).map(([name, compute]) => [name, async (...args: unknown[]) => compute(...args)]),
  ) as unknown as Elsewhere<W>
