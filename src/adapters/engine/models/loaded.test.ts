import { describe, expect, it } from 'vitest'
import { Loaded } from './loaded.ts'

const never = new AbortController().signal

function setUp(most: number, idleMs = 60_000) {
  const log: string[] = []
  let open = 0
  let mostOpen = 0
  const loaded = new Loaded({
    most,
    idleMs,
    async open(name) {
      if (name === 'broken') throw new Error('cannot be opened')
      log.push(`+${name}`)
      mostOpen = Math.max(mostOpen, ++open)
      return {
        name,
        async close() {
          log.push(`-${name}`)
          open--
        },
      }
    },
  })
  return { loaded, log, mostOpen: () => mostOpen }
}

/** Work that goes on until it is told to end. */
function work() {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { end, run: async ({ name }: { name: string }) => ended.then(() => name) }
}
const quick = async ({ name }: { name: string }): Promise<string> => name

describe('at most so many', () => {
  it('opens once for many, and keeps what was used', async () => {
    const { loaded, log } = setUp(2)
    expect(await Promise.all(['a', 'a', 'b', 'a'].map((n) => loaded.use(n, never, quick)))).toEqual([
      'a',
      'a',
      'b',
      'a',
    ])
    await loaded.use('b', never, quick)
    expect(log).toEqual(['+a', '+b'])
  })

  it('closes what was not used for longest, and only then opens', async () => {
    const { loaded, log, mostOpen } = setUp(2)
    for (const name of ['a', 'b', 'a', 'c', 'a']) await loaded.use(name, never, quick)
    expect(log).toEqual(['+a', '+b', '-b', '+c'])
    expect(mostOpen()).toBe(2)
  })

  it('never closes what is in use; who waits is not overtaken', async () => {
    const { loaded, log } = setUp(1)
    const first = work()
    const one = loaded.use('a', never, first.run)
    const two = loaded.use('b', never, quick)
    const three = loaded.use('a', never, quick)
    await Promise.resolve()
    expect(log).toEqual(['+a'])
    first.end()
    await Promise.all([one, two, three])
    expect(log).toEqual(['+a', '-a', '+b', '-b', '+a'])
  })

  it('holds under many users at once', async () => {
    const { loaded, mostOpen } = setUp(3)
    const names = Array.from({ length: 200 }, (_, i) => 'abcdefg'[(i * 5) % 7]!)
    expect(await Promise.all(names.map((n) => loaded.use(n, never, quick)))).toEqual(names)
    expect(mostOpen()).toBe(3)
  })
})

it('who is aborted while waiting leaves the line to the next', async () => {
  const { loaded } = setUp(1)
  const first = work()
  const one = loaded.use('a', never, first.run)
  const abort = new AbortController()
  const two = loaded.use('b', abort.signal, quick)
  const three = loaded.use('a', never, quick)
  abort.abort(new Error('enough'))
  await expect(two).rejects.toThrow('enough')
  expect(await three).toBe('a')
  first.end()
  await one
})

it('what cannot be opened fails those who want it, and takes no room', async () => {
  const { loaded } = setUp(1)
  await expect(loaded.use('broken', never, quick)).rejects.toThrow('cannot be opened')
  expect(await loaded.use('a', never, quick)).toBe('a')
})

it('closes what is idle', async () => {
  const { loaded, log } = setUp(2, 1)
  await loaded.use('a', never, quick)
  await expect.poll(() => log).toEqual(['+a', '-a'])
  expect(loaded.names()).toEqual([])
})

it('closes everything, and refuses those who wait', async () => {
  const { loaded, log } = setUp(1)
  const first = work()
  const one = loaded.use('a', never, first.run)
  const two = loaded.use('b', never, quick)
  const refused = expect(two).rejects.toThrow('the end')
  await loaded.close(0, new Error('the end'))
  await refused
  await expect(loaded.use('a', never, quick)).rejects.toThrow('the end')
  expect(log).toEqual(['+a', '-a'])
  first.end()
  await one
})
