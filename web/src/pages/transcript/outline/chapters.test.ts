import { describe, expect, it } from 'vitest'
import { chaptersOf } from './chapters.ts'

/** Sentences of 5 s, a breath apart, but for longer pauses before some of them. */
function spoken(count: number, pauses: Record<number, number> = {}) {
  let at = 0
  return Array.from({ length: count }, (_, k) => {
    at += k === 0 ? 0 : (pauses[k] ?? 0.3)
    const segment = { start: at, end: at + 5, text: `sentence ${k}` }
    at += 5
    return segment
  })
}

const begins = (segments: ReturnType<typeof spoken>): number[] => chaptersOf(segments).map(({ at }) => at)

describe('chaptersOf', () => {
  it('begins them behind long pauses', () => {
    expect(begins(spoken(120, { 40: 6, 80: 4 }))).toEqual([0, 40, 80])
    expect(chaptersOf(spoken(120, { 40: 6 }))[1]).toMatchObject({ title: 'sentence 40' })
  })
  it('makes none of a short recording, or of one that does not pause', () => {
    expect(begins(spoken(10, { 5: 9 }))).toEqual([])
    expect(begins(spoken(90))).toEqual([])
    expect(chaptersOf([])).toEqual([])
  })
  it('makes none that is too short to be one', () => {
    expect(begins(spoken(120, { 2: 9, 60: 5, 118: 9 }))).toEqual([0, 60])
  })
  it('cuts what goes on and on at its longest breaths', () => {
    const found = begins(spoken(2000))
    expect(found.length).toBeGreaterThan(10)
    expect(found.length).toBeLessThan(60)
  })
  it('shortens long beginnings between words', () => {
    const [first, ...rest] = spoken(120, { 60: 6 })
    const text = 'and then the tide came in over the long grey sand as it always does in the winter'
    const [chapter] = chaptersOf([{ ...first!, text }, ...rest])
    expect(chapter?.title).toBe('and then the tide came in over the long grey…')
  })
})
