import { expect, it } from 'vitest'
import type { ProbedFile } from '../ports/prober.ts'
import { probeFew } from './probe-few.ts'

/** A look that ends when it is told to. */
function held() {
  const looks: { path: string; end(): void; fail(): void }[] = []
  let most = 0
  let now = 0
  const probe = (path: string): Promise<ProbedFile> => {
    most = Math.max(most, ++now)
    return new Promise<ProbedFile>((resolve, reject) => {
      looks.push({
        path,
        end: () => resolve({ contentType: path, durationSeconds: 1, hasVideo: false } as ProbedFile),
        fail: () => reject(new Error(path)),
      })
    }).finally(() => now--)
  }
  return { looks, probe, most: () => most }
}

it('so many at once, in the order in which they came, and none is lost', async () => {
  const { looks, probe, most } = held()
  const few = probeFew(probe, 2)
  const all = ['a', 'b', 'c', 'd', 'e'].map((path) => few(path).then((found) => found.contentType, String))
  expect(looks.map(({ path }) => path)).toEqual(['a', 'b'])
  for (let k = 0; k < 5; k++) {
    await expect.poll(() => looks.length).toBeGreaterThan(k)
    if (k === 1) looks[k]!.fail()
    else looks[k]!.end()
  }
  expect(await Promise.all(all)).toEqual(['a', 'Error: b', 'c', 'd', 'e'])
  expect(looks.map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(most()).toBe(2)
})

it('who gives up waiting leaves the line, and takes no place', async () => {
  const { looks, probe } = held()
  const few = probeFew(probe, 1)
  const first = few('a')
  const gone = new AbortController()
  const second = few('b', gone.signal)
  const third = few('c')
  gone.abort(new Error('gone'))
  await expect(second).rejects.toThrow('gone')
  looks[0]!.end()
  await first
  await expect.poll(() => looks.map(({ path }) => path)).toEqual(['a', 'c'])
  looks[1]!.end()
  await third
  const last = few('d')
  looks[2]!.end()
  await last
})
