import { describe, expect, it } from 'vitest'
import { keyed } from '../editor/segments.ts'
import { type Scene, scenesAlike } from './scene.ts'

const SPEAKERS = ['Ann']
const scene = (text: string, more: { end?: number; speaker?: string } = {}, hits: number[] = []): Scene => ({
  segments: keyed([
    { start: 0, end: 2, text: 'before' },
    { start: 2, end: 4, text, ...more },
  ]),
  speakers: SPEAKERS,
  hits,
  doubts: [1],
  chapters: [],
  quote: undefined,
})

describe('what is to be seen in a waveform', () => {
  const before = scene('a letter')
  it('is the same whatever letters are typed', () =>
    expect(scenesAlike(before, scene('a letter more'))).toBe(true))
  it.each([
    ['somebody speaks longer', scene('a letter', { end: 5 })],
    ['somebody else speaks', scene('a letter', { speaker: 'Ann' })],
    ['something is found', scene('a letter', {}, [3])],
  ])('is something else where %s', (_, now) => expect(scenesAlike(before, now)).toBe(false))
})
