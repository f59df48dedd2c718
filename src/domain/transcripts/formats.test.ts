import { expect, it } from 'vitest'
import { render, timestamp } from './formats.ts'

const transcript = {
  text: 'Hello there. A < b & c --> d',
  language: 'en',
  segments: [
    { start: 0, end: 1.5, text: 'Hello there.' },
    { start: 3661.9996, end: 3663, text: 'A < b & c --> d', speaker: 'Ann' },
  ],
}

it('writes times of any length, rounded to the millisecond', () => {
  expect(timestamp(0, ',')).toBe('00:00:00,000')
  expect(timestamp(59.9996, ',')).toBe('00:01:00,000')
  expect(timestamp(3599.9999, '.')).toBe('01:00:00.000')
  expect(timestamp(360_000.25, '.')).toBe('100:00:00.250')
})

it('writes SubRip', () => {
  expect(render(transcript, 'srt')).toBe(
    '1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n2\n01:01:02,000 --> 01:01:03,176\nAnn: A < b & c → d\n',
  )
})

it('writes WebVTT, where text is not markup', () => {
  expect(render(transcript, 'vtt')).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there.\n\n01:01:02.000 --> 01:01:03.176\n<v Ann>A &lt; b &amp; c → d\n',
  )
})

it('writes text and JSON', () => {
  const nobody = transcript.segments.map(({ speaker: _, ...segment }) => segment)
  expect(render({ ...transcript, segments: nobody }, 'txt')).toBe(`${transcript.text}\n`)
  expect(render(transcript, 'txt')).toBe('Hello there.\n\nAnn: A < b & c --> d\n')
  expect(JSON.parse(render(transcript, 'json'))).toEqual(transcript)
  const words = [{ word: 'Hello', start: 0, end: 0.5, probability: 0.9 }]
  const timed = { ...transcript, segments: [{ start: 0, end: 1.5, text: 'Hello', words }] }
  expect(JSON.parse(render(timed, 'json'))).toEqual({ ...timed, words })
})

it('writes tables, whose lines and columns no text can break', () => {
  expect(render(transcript, 'tsv')).toBe(
    'start\tend\tspeaker\ttext\n0\t1500\t\tHello there.\n3662000\t3663000\tAnn\tA < b & c --> d\n',
  )
  const odd = { ...transcript, segments: [{ start: 0.0004, end: 1, text: 'one\ttwo\nthree' }] }
  expect(render(odd, 'tsv')).toBe('start\tend\ttext\n0\t1000\tone two three\n')
})

it('writes lyrics', () => {
  expect(render(transcript, 'lrc')).toBe('[00:00.00]Hello there.\n[61:02.00]Ann: A < b & c --> d\n')
})

it('writes Markdown, where text is not markup', () => {
  const odd = {
    ...transcript,
    segments: [{ start: 61, end: 62, text: '*No* [link](x) <b>', speaker: 'A_b' }],
  }
  expect(render(odd, 'md')).toBe('**00:01:01** **A\\_b:** \\*No\\* \\[link\\](x) \\<b\\>\n')
})
