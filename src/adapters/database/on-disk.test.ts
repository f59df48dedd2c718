import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { onDisk } from './on-disk.ts'

/** Whatever can go on by itself has gone on. */
async function turn(): Promise<void> {
  for (let k = 0; k < 5; k++) await nextTurn()
}

/** A disk whose writes end when they are told to. */
function slowDisk() {
  const ends: { resolve(): void; reject(error: Error): void }[] = []
  const disk = onDisk(() => new Promise((resolve, reject) => ends.push({ resolve, reject })))
  return { disk, ends }
}

it('whoever comes while a write runs waits for the next one, all of them for the same', async () => {
  const { disk, ends } = slowDisk()
  const done: string[] = []
  const wait = (name: string): Promise<unknown> => disk.all().then(() => done.push(name))
  void wait('first')
  await turn()
  void wait('second')
  void wait('third')
  await turn()
  expect(ends).toHaveLength(1)
  ends[0]!.resolve()
  await turn()
  expect([done, ends.length]).toEqual([['first'], 2])
  ends[1]!.resolve()
  await turn()
  expect([done, ends.length]).toEqual([['first', 'second', 'third'], 2])
})

it('a failure is told to those who waited for that write, and the next one begins all the same', async () => {
  const { disk, ends } = slowDisk()
  const first = disk.all().catch((error: Error) => error.message)
  await turn()
  const second = disk.all()
  ends[0]!.reject(new Error('EIO'))
  expect(await first).toBe('EIO')
  await turn()
  ends[1]!.resolve()
  await second
  const third = disk.all()
  await turn()
  expect(ends).toHaveLength(3)
  ends[2]!.resolve()
  await third
})
