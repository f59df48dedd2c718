import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScheduler, type Scheduler } from './scheduler.ts'

interface Recording {
  accountId: string
  name: string
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** An engine whose parts end when the test says so, and which notes in what order they begin. */
function bench(places: number) {
  const began: string[] = []
  const ends: (() => void)[] = []
  let most = 0
  const names = new WeakMap<Int16Array, string>()
  const scheduler: Scheduler = createScheduler({
    places,
    recognise: (pcm) =>
      new Promise((resolve) => {
        began.push(names.get(pcm)!)
        ends.push(() => resolve({ text: '' }))
        most = Math.max(most, ends.length)
      }),
  })
  const never = new AbortController().signal
  return {
    scheduler,
    began,
    most: () => most,
    send(recording: Recording, parts: number, signal = never): Promise<unknown>[] {
      return Array.from({ length: parts }, () => {
        const pcm = new Int16Array(1)
        names.set(pcm, recording.name)
        return scheduler.recognise(recording, pcm, {}, signal)
      })
    },
    /** Ends the part that began first, and lets the next one begin. */
    async endOne(): Promise<void> {
      await settled()
      ends.shift()?.()
      await settled()
    },
  }
}

const recording = (accountId: string, name = accountId): Recording => ({ accountId, name })

describe('slots', () => {
  it('go to accounts in turn', async () => {
    const { send, began, endOne } = bench(1)
    send(recording('a'), 3)
    send(recording('b'), 3)
    for (let k = 0; k < 6; k++) await endOne()
    expect(began).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  })

  it('go to a clip after the part that runs, whoever sent the long recording', async () => {
    for (const sender of ['a', 'b']) {
      const { send, began, endOne } = bench(1)
      send(recording('a', 'long'), 50)
      await endOne()
      send(recording(sender, 'clip'), 1)
      await endOne()
      expect(began).toEqual(['long', 'long', 'clip'])
    }
  })

  it('go to the long recording too, however many clips its account sends', async () => {
    const { send, began, endOne } = bench(1)
    send(recording('a', 'long'), 50)
    for (let k = 0; k < 40; k++) send(recording('a', 'clip'), 1)
    for (let k = 0; k < 20; k++) await endOne()
    expect(began.filter((name) => name === 'long').length).toBeGreaterThanOrEqual(4)
  })

  it('are not taken by parts that nobody waits for any more', async () => {
    const { send, began, endOne, scheduler } = bench(1)
    const stop = new AbortController()
    send(recording('a'), 1)
    const given = send(recording('b'), 3, stop.signal)
    send(recording('c'), 1)
    stop.abort(new Error('cancelled'))
    for (const each of given) await expect(each).rejects.toThrow('cancelled')
    expect(scheduler.waiting).toBe(1)
    await endOne()
    expect(began).toEqual(['a', 'c'])
  })

  it('property: are never more than there are, and every part gets one', async () => {
    const sent = fc.array(
      fc.record({ account: fc.constantFrom('a', 'b', 'c'), parts: fc.integer({ min: 1, max: 6 }) }),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), sent, async (slots, jobs) => {
        const { send, began, most, endOne, scheduler } = bench(slots)
        const all = jobs.flatMap(({ account, parts }) => send(recording(account), parts))
        for (let k = 0; k < all.length; k++) await endOne()
        await Promise.all(all)
        expect(began).toHaveLength(all.length)
        expect(most()).toBeLessThanOrEqual(slots)
        expect(scheduler.waiting).toBe(0)
      }),
    )
  })
})
