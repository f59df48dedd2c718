import { expect, it } from 'vitest'
import { countsOf, isTooLong } from './counts.ts'

const saved = {
  thread: ['see https://a.io', 'plain'],
  accounts: [
    { accountId: 'm', characterLimit: 500, lengths: [27, 5] },
    { accountId: 'b', characterLimit: 300, lengths: [16, 5] },
  ],
}
const chosen = [
  { id: 'm', characterLimit: 500 },
  { id: 'b', characterLimit: 300 },
]

it('a link counts as the server counted it, also while more is typed', () => {
  const counts = countsOf('see https://a.io now', 0, saved, chosen)
  expect(counts.map(({ length }) => length)).toEqual([31, 20])
})

it('a post that the server does not know yet is counted in letters', () => {
  const counts = countsOf(` ${'👩‍👩‍👧‍👦'.repeat(301)} `, 2, saved, [
    ...chosen,
    { id: 'new', characterLimit: 100 },
  ])
  expect(counts.map((each) => [each.length, isTooLong(each)])).toEqual([
    [301, false],
    [301, true],
    [301, true],
  ])
})
