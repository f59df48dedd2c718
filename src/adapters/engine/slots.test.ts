import fc from 'fast-check'
import { expect, it } from 'vitest'
import { roomFor } from './slots.ts'

const cores = fc.integer({ min: 1, max: 256 })

it('Whisper takes all cores, in as few processes as can use them', () => {
  expect(roomFor('whisper', 2, {})).toEqual({ slots: 1, threads: 2 })
  expect(roomFor('whisper', 16, {})).toEqual({ slots: 2, threads: 8 })
  fc.assert(
    fc.property(cores, (count) => {
      const { slots, threads } = roomFor('whisper', count, {})
      expect(threads).toBeGreaterThanOrEqual(1)
      expect(threads).toBeLessThanOrEqual(8)
      expect(slots * threads).toBeLessThanOrEqual(count)
      expect(slots * threads).toBeGreaterThan(count - slots)
    }),
  )
})

it('the others take a core each', () => {
  expect(roomFor('sherpa', 6, {})).toEqual({ slots: 6, threads: 1 })
  expect(roomFor('stand-in', 3, {})).toEqual({ slots: 3, threads: 1 })
})

it('what the operator chose is what is taken, and the rest is made to fit', () => {
  const chosen = fc.record(
    { slots: fc.integer({ min: 1, max: 64 }), threads: fc.integer({ min: 1, max: 64 }) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.constantFrom('whisper', 'sherpa', 'stand-in'), cores, chosen, (kind, count, wanted) => {
      const room = roomFor(kind, count, wanted)
      expect(room).toMatchObject(wanted)
      expect(room.slots).toBeGreaterThanOrEqual(1)
      expect(room.threads).toBeGreaterThanOrEqual(1)
    }),
  )
})
