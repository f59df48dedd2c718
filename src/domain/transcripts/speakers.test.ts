import { describe, expect, it } from 'vitest'
import type { Segment } from '../../ports/transcript.ts'
import { withSpeakers } from './speakers.ts'

const turns = [
  { start: 0, end: 2.1, speaker: 4 },
  { start: 2, end: 4, speaker: 7 },
  { start: 6, end: 9, speaker: 4 },
]
/** A word each second, half a second long. */
const said = (start: number, text: string): Segment => {
  const words = text.split(/\s+/).map((word, i) => ({
    word: word.replace(/[.,?!]$/, ''),
    start: start + i,
    end: start + i + 0.5,
  }))
  return { start, end: words.at(-1)!.end, text, words }
}

describe('withSpeakers', () => {
  it('cuts a segment where another one begins to speak, and leaves no word out', () => {
    const cut = withSpeakers([said(0, 'Are you there? Yes, I am.')], turns)
    expect(cut.map(({ start, end, text, speaker }) => ({ start, end, text, speaker }))).toEqual([
      { start: 0, end: 1.5, text: 'Are you', speaker: 'Speaker 1' },
      { start: 2, end: 4.5, text: 'there? Yes, I', speaker: 'Speaker 2' },
      { start: 5, end: 5.5, text: 'am.', speaker: 'Speaker 1' },
    ])
    expect(cut.flatMap(({ words }) => words)).toEqual(said(0, 'Are you there? Yes, I am.').words)
  })

  it('gives a segment without times of words to whoever speaks most in it', () => {
    const segment = { start: 1, end: 3.5, text: 'you there? Yes,' }
    expect(withSpeakers([segment], turns)).toEqual([{ ...segment, speaker: 'Speaker 1' }])
  })

  it('gives what nobody’s turn holds to the nearest', () => {
    const early = { start: 4.1, end: 4.9, text: 'hm' }
    const late = { start: 100, end: 101, text: 'hm' }
    const all = withSpeakers([said(0, 'one two'), early, late], turns)
    expect(all.map(({ speaker }) => speaker)).toEqual(['Speaker 1', 'Speaker 2', 'Speaker 1'])
  })

  it('leaves a text whole whose words are not all in it', () => {
    const segment = { ...said(1, 'two there'), text: 'zwei dort' }
    expect(withSpeakers([segment], turns)).toEqual([{ ...segment, speaker: 'Speaker 1' }])
  })

  it('names speakers in the order in which they appear, and nobody where there are no turns', () => {
    expect(withSpeakers([said(2.2, 'yes')], turns)[0]?.speaker).toBe('Speaker 1')
    expect(withSpeakers([said(0, 'yes')], [])).toEqual([said(0, 'yes')])
  })
})
