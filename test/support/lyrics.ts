/**
 * Songs and prose, made up and labelled (test/fixtures/lyrics), as transcripts: each word gets a time by the
 * rule in its heading, with a little chance, and goes through the merger, so that segments come about as they
 * do in life. Songs keep a beat; who talks pauses at commas and full stops.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mergeParts } from '../../src/pipeline/merge.ts'
import type { RecognisedWord } from '../../src/ports/engine.ts'
import type { Transcript } from '../../src/ports/transcript.ts'
import { random } from './tone.ts'

export interface Labelled {
  title: string
  song: boolean
  /** With times of words. */
  timed: Transcript
  /** As an engine without times gives it. */
  plain: Transcript
}

export const labelledLyrics = (): Labelled[] => [...read('songs', true), ...read('prose', false)]

function read(file: string, song: boolean): Labelled[] {
  const text = readFileSync(join(import.meta.dirname, `../fixtures/lyrics/${file}.txt`), 'utf8')
  return text
    .trim()
    .split('\n\n')
    .map((block, k) => {
      const [heading = '', ...lines] = block.split('\n')
      const [, title = '', pace = ''] = /^# (.*) \| ([\d.]+) /.exec(heading) ?? []
      const next = random(k + 1)
      const words = song ? sung(lines, Number(pace), next) : spoken(lines, Number(pace), next)
      return { title, song, ...transcripts(lines.join(' '), words) }
    })
}

function transcripts(text: string, words: RecognisedWord[]): { timed: Transcript; plain: Transcript } {
  const seconds = Math.ceil(words.at(-1)!.end + 1)
  const span = { index: 0, start: 0, from: 0, to: seconds * 16_000, end: seconds * 16_000 }
  return {
    timed: mergeParts([{ ...span, result: { text, words } }]),
    plain: mergeParts([{ ...span, result: { text } }]),
  }
}

/** A line a bar: its words fill most of it, longer ones take longer. */
function sung(lines: string[], pace: number, next: () => number): RecognisedWord[] {
  return lines.flatMap((line, k) => {
    const start = 4 + k * pace + (k >= 4 ? pace : 0) + (next() - 0.5) * 0.12 * pace
    return along(line.split(' '), start, pace * (0.72 + 0.12 * next()), next)
  })
}

function spoken(lines: string[], rate: number, next: () => number): RecognisedWord[] {
  let at = 0.5
  return lines.flatMap((line) =>
    line.split(/(?<=[,.?!:]) /).flatMap((phrase) => {
      const words = phrase.split(' ')
      const said = along(words, at, (words.length / rate) * (0.85 + 0.3 * next()), next)
      at = said.at(-1)!.end + (/[.?!]$/.test(phrase) ? 0.35 + 0.9 * next() : 0.05 + 0.45 * next())
      return said
    }),
  )
}

function along(words: string[], start: number, seconds: number, next: () => number): RecognisedWord[] {
  const weights = words.map((w) => (2 + w.length) * (0.8 + 0.4 * next()))
  const total = weights.reduce((sum, w) => sum + w, 0)
  let at = start
  return words.map((word, k) => {
    const begin = at
    at += (seconds * weights[k]!) / total
    return { word, start: begin, end: at }
  })
}
