import { expect, it } from 'vitest'
import { byteRange } from './byte-range.ts'

const whole = { kind: 'whole' }
const part = (start: number, end: number) => ({ kind: 'part', start, end })

it.each([
  [undefined, whole],
  ['bytes=0-', part(0, 99)],
  ['bytes=0-0', part(0, 0)],
  ['bytes=10-19', part(10, 19)],
  ['bytes=90-200', part(90, 99)],
  ['bytes=90-99999999999999999999', part(90, 99)],
  ['Bytes=0-9', part(0, 9)],
  ['bytes=-10', part(90, 99)],
  ['bytes=-1000', part(0, 99)],
  ['bytes=100-', { kind: 'unsatisfiable' }],
  ['bytes=-0', { kind: 'unsatisfiable' }],
  ['bytes=20-10', whole],
  ['bytes=0-1,5-6', whole],
  ['bytes=-', whole],
  ['bytes=a-b', whole],
  ['items=0-5', whole],
])('%s of 100 bytes', (header, range) => {
  expect(byteRange(header, 100)).toEqual(range)
})

it('nothing of an empty file', () => {
  expect(byteRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' })
})
