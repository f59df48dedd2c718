import { getEventListeners } from 'node:events'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Part, PartQueue } from './queue.ts'

const never = new AbortController().signal

/** A queue with parts that are known by their first sample; what becomes of each is kept. */
function filled(count: number): { queue: PartQueue; ends: string[] } {
  const queue = new PartQueue()
  const ends = Array.from({ length: count }, () => 'waits')
  for (let id = 0; id < count; id++) add(queue, id, never, (end) => (ends[id] = end))
  return { queue, ends }
}

function add(queue: PartQueue, id: number, signal: AbortSignal, onEnd: (end: string) => void): void {
  queue.add(Int16Array.of(id), {}, signal).then(
    ({ text }) => onEnd(text),
    (error: Error) => onEnd(error.message),
  )
}

const idOf = ({ pcm }: Part): number => pcm[0]!
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

it('parts come in their order, as many as are asked for, whoever is to be tried alone comes alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      (count, most, alone) => {
        const { queue } = filled(count)
        const all = queue.next(count + 1)
        for (const part of all) part.alone = alone[idOf(part)]!
        queue.putBack(all)
        const taken: number[] = []
        for (let parts = queue.next(most); parts.length > 0; parts = queue.next(most)) {
          expect(parts.length).toBeLessThanOrEqual(most)
          if (parts.some((part) => part.alone)) expect(parts).toHaveLength(1)
          taken.push(...parts.map(idOf))
        }
        expect(taken).toEqual(Array.from({ length: count }, (_, id) => id))
      },
    ),
  )
})

it('parts that are put back come before those that have waited', () => {
  const { queue } = filled(4)
  const [first, second] = queue.next(2)
  queue.putBack([first!, second!])
  expect(queue.next(4).map(idOf)).toEqual([0, 1, 2, 3])
})

it('an aborted part is rejected with the reason, and forgotten', async () => {
  const { queue, ends } = filled(2)
  const abort = new AbortController()
  let end = 'waits'
  add(queue, 7, abort.signal, (how) => (end = how))
  abort.abort(new Error('enough'))
  await settled()
  expect(end).toBe('enough')
  expect(queue.next(9).map(idOf)).toEqual([0, 1])
  expect(ends).toEqual(['waits', 'waits'])
})

it('an end is an end: settling again changes nothing, and no listener is left', async () => {
  const abort = new AbortController()
  const queue = new PartQueue()
  let end = ''
  add(queue, 1, abort.signal, (how) => (end += how))
  const [part] = queue.next(1)
  part!.resolve({ text: 'heard' })
  part!.reject(new Error('late'))
  await settled()
  expect(end).toBe('heard')
  expect(part!.settled.aborted).toBe(true)
  expect(getEventListeners(abort.signal, 'abort')).toEqual([])
})

it('all that wait can be rejected; those that are worked on are not', async () => {
  const { queue, ends } = filled(3)
  const [working] = queue.next(1)
  queue.rejectAll(new Error('closing'))
  await settled()
  expect(ends).toEqual(['waits', 'closing', 'closing'])
  expect(queue.next(3)).toEqual([])
  working!.resolve({ text: 'done' })
  await settled()
  expect(ends[0]).toBe('done')
})
