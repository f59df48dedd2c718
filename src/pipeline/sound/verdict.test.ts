import { expect, it } from 'vitest'
import { fault, missingSpans, type Outcome } from './verdict.ts'

const good: Outcome = {
  code: 0,
  stalled: false,
  complaints: '',
  seconds: 100,
  declared: { seconds: 100, of: 'audio' },
  gaps: [],
  counted: false,
}
const BROKEN = 'Error while decoding stream #0:0: Invalid data found when processing input'
const gap = { start: 29, end: 31.5 }

it('says what is wrong', () => {
  expect(fault(good)).toBeNull()
  expect(fault({ ...good, code: 1 })).toBe('decode_failed')
  expect(fault({ ...good, code: null, stalled: true })).toBe('decode_failed')
  expect(fault({ ...good, seconds: 89 })).toBe('truncated')
  expect(fault({ ...good, seconds: 89, declared: { seconds: 100, of: 'container' } })).toBeNull()
  expect(fault({ ...good, seconds: 97.5, complaints: 'File ended prematurely' })).toBe('truncated')
  expect(fault({ ...good, seconds: 0, code: 1, complaints: 'x: no decoder found for: none' })).toBe(
    'unsupported_codec',
  )
})

it('takes what is damaged for no shorter than it is', () => {
  expect(fault({ ...good, complaints: BROKEN, gaps: [gap] })).toBeNull()
  expect(fault({ ...good, seconds: 97.5, complaints: BROKEN, gaps: [gap], counted: true })).toBeNull()
  // The last twentieth: nobody can tell whether it is missing or broken.
  expect(fault({ ...good, seconds: 95.5, complaints: BROKEN })).toBeNull()
  expect(fault({ ...good, seconds: 70, complaints: BROKEN })).toBe('truncated')
})

it('takes a file that is all there for damaged, and not for cut off', () => {
  const short: Outcome = { ...good, seconds: 89, declared: { seconds: 100, of: 'audio', whole: true } }
  expect(fault(short)).toBeNull()
  expect(missingSpans(short)).toEqual([{ start: 89, end: 100 }])
  expect(missingSpans({ ...short, seconds: 99.5 })).toEqual([])
})

it('says which seconds are missing', () => {
  expect(missingSpans({ ...good, gaps: [gap] }), 'a pause').toEqual([])
  const two = [gap, { start: 31.8, end: 32 }, { start: 60, end: 61 }]
  expect(missingSpans({ ...good, complaints: BROKEN, gaps: two })).toEqual([
    { start: 29, end: 32 },
    { start: 60, end: 61 },
  ])
  const counted = { counted: true, seconds: 97.5, gaps: [{ start: 29, end: 29 }] }
  expect(missingSpans({ ...good, complaints: BROKEN, ...counted })).toEqual([{ start: 29, end: 31.5 }])
  expect(missingSpans({ ...good, complaints: BROKEN, seconds: 95.5 })).toEqual([{ start: 95.5, end: 100 }])
})

it('does not take a broken picture for broken sound', () => {
  const complaints = '[mjpeg @ 0x55] unable to decode APP fields: Invalid data found when processing input'
  expect(missingSpans({ ...good, complaints, gaps: [gap] })).toEqual([])
})
