import { describe, expect, it } from 'vitest'
import type { Segment } from '../../ports/transcript.ts'
import { oftenCorrected } from './corrections.ts'

/** One word a second. */
const said = (text: string, start = 0): Segment => {
  const words = text.split(' ').map((word, k) => ({ word, start: start + k, end: start + k + 1 }))
  return { start, end: start + words.length, text, words }
}
const heard = said('We call it eyre shot. They like ear shot, and eyre shot likes us.')
const mended = (): Segment => {
  const { words, ...segment } = heard
  const instead = [...words!]
  instead.splice(10, 2, { word: 'Earshot', start: 10, end: 12 })
  instead.splice(3, 2, { word: 'Earshot.', start: 3, end: 5 })
  return { ...segment, words: instead, text: instead.map(({ word }) => word).join(' ') }
}

describe('oftenCorrected', () => {
  it('is what was mended twice, without the signs around it', () =>
    expect(oftenCorrected([{ original: [heard], edited: [mended()] }])).toEqual([
      { from: 'eyre shot', to: 'Earshot', count: 2 },
    ]))

  it('counts over several transcripts, and through lines that were split or given away', () => {
    const original = [said('Mister Myer came.')]
    const [first, ...rest] = said('Mister Meier came.').words!
    const edited: Segment[] = [
      { start: 0, end: 1, text: 'Mister', words: [first!], speaker: 'Ann' },
      { start: 1, end: 3, text: 'Meier came.', words: rest },
    ]
    const one = { original, edited }
    expect(oftenCorrected([one])).toEqual([])
    expect(oftenCorrected([one, one])).toEqual([{ from: 'myer', to: 'Meier', count: 2 }])
  })

  it('leaves alone what was right elsewhere, and what is only written in another way', () => {
    const twice = (before: string, after: string, also = 'x') =>
      oftenCorrected([
        { original: [said(before)], edited: [said(after)] },
        { original: [said(before)], edited: [said(after)] },
        { original: [said(also)], edited: [said(also)] },
      ])
    expect(twice('over their now', 'over there now', 'it is their house')).toEqual([])
    expect(twice('so the end', 'so. The end')).toEqual([])
    expect(twice('one two three four five six', 'a b c d e six')).toEqual([])
    expect(twice('', '')).toEqual([])
  })

  it('compares thirty thousand words', () => {
    const long = [said('word '.repeat(30_000).trim())]
    expect(oftenCorrected([{ original: long, edited: long }])).toEqual([])
  })
})
