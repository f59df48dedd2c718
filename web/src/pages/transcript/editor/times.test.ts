import { beforeAll, describe, expect, it } from 'vitest'
import { loadMessages } from '../../../i18n/catalogue.ts'
import { keyed } from './segments.ts'
import { endProblem, startProblem } from './times.ts'

beforeAll(() => loadMessages('transcript'))

const three = keyed([
  { start: 2, end: 8, text: 'one' },
  { start: 9, end: 17.5, text: 'two' },
  { start: 18, end: 25, text: 'three' },
])

describe('times that a line cannot have', () => {
  it.each([
    [300, 'This line ends at 0:17.500.'],
    [1, 'The line before starts at 0:02.000.'],
    [17.9, 'This line ends at 0:17.500.'],
    [2, undefined],
    [17.5, undefined],
  ])('start %d', (start, problem) => expect(startProblem(three, 1, start)).toBe(problem))

  it.each([
    [1, 8, 'This line starts at 0:09.000.'],
    [1, 300, 'The next line ends at 0:25.000.'],
    [2, 300, 'The recording ends at 0:26.000.'],
    [1, 20, undefined],
    [2, 26, undefined],
  ])('end of line %d at %d', (at, end, problem) => expect(endProblem(three, at, end, 26)).toBe(problem))
})
