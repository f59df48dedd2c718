import { expect, it } from 'vitest'
import { voicesIn } from './samples.ts'

const said = (speaker: string | undefined, start: number, end: number, probability?: number) => ({
  ...{ start, end, text: 'so', ...(speaker !== undefined && { speaker }) },
  words: [{ word: 'so', start, end, ...(probability !== undefined && { probability }) }],
})

it('is the longest passage, over several lines, without what others say into it', () => {
  const voices = voicesIn([
    said('Ann', 0, 2),
    said('Ben', 2, 4),
    said('Ann', 5, 8),
    said('Ann', 8.5, 10),
    said('Ben', 9.5, 11),
    said(undefined, 11, 30),
  ])
  expect(voices.get('Ann')).toMatchObject({ seconds: 7, sample: { from: 5, to: 10 } })
  expect(voices.get('Ben')).toMatchObject({ seconds: 3, sample: { from: 2, to: 4 } })
  expect([...voices.keys()]).toEqual(['Ann', 'Ben'])
})

it('is a clear one rather than a somewhat longer one that the model was not sure of', () => {
  const voices = voicesIn([said('Ann', 0, 5, 0.3), said('Ben', 5, 6), said('Ann', 6, 10, 0.95)])
  expect(voices.get('Ann')?.sample).toEqual({ from: 6, to: 10 })
})

it('ends where one knows the voice', () =>
  expect(voicesIn([said('Ann', 3, 300)]).get('Ann')).toMatchObject({
    seconds: 297,
    sample: { from: 3, to: 11 },
  }))
