import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compare, compressionRatio, isDoubtful, repetition, type Verdict } from './judge.ts'

/** A telephone menu, which says the same of each key. */
const MENU =
  'Нажмите 3, чтобы переключить этого звонящего абонента в кольцевое меню прямо сейчас. И всегда в дальнейшем. ' +
  'Нажмите 4, чтобы переключить этого звонящего абонента в меню вежливого отказа принять звонок прямо сейчас. ' +
  'И всегда в дальнейшем. Нажмите 5, чтобы этот звонящий абонент переключился непосредственно на вас в дальнейшем. ' +
  'Но в данный момент переключился на голосовую почту.'

const verdict = (changes: Partial<Verdict>): Verdict => ({
  meanLog: -0.2,
  compression: 1.5,
  repetition: 1.5,
  noSpeech: 0,
  runaway: false,
  ...changes,
})
/** Where it went round in circles. */
const loop = verdict({ repetition: 10.7, runaway: true })
/** Unlikely words: there was nothing to hear. */
const nothing = verdict({ meanLog: -1.7 })

it('a menu in Cyrillic letters is no repetition, though its bytes are', () => {
  expect(compressionRatio(MENU)).toBeGreaterThan(2.4)
  expect(isDoubtful(verdict({ compression: compressionRatio(MENU), repetition: repetition(MENU) }))).toBe(
    false,
  )
})

it('a phrase over and over is repetition in any script', () => {
  for (const phrase of ['Thank you. ', 'Спасибо. ', 'ありがとう。', 'ขอบคุณ '])
    expect(repetition(phrase.repeat(20))).toBeGreaterThan(2.4)
})

it('a text repeats itself as much whatever letters it is written in', () => {
  const shifted = (text: string, by: number) =>
    Array.from(text, (letter) => String.fromCodePoint(letter.codePointAt(0)! + by)).join('')
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.constantFrom(0x400, 0xe00, 0x4e00), (text, by) => {
      expect(repetition(shifted(text, by))).toBe(repetition(text))
    }),
  )
})

it('what is believed comes first, the surer before the less sure', () => {
  const sure = verdict({ meanLog: -0.1 })
  expect([loop, nothing, verdict({}), sure].toSorted(compare).slice(0, 2)).toEqual([sure, verdict({})])
})

it('people repeat themselves: rather that than words that the model does not believe itself', () => {
  const repeated = verdict({ repetition: 2.6 })
  expect([nothing, repeated, loop].toSorted(compare)).toEqual([repeated, nothing, loop])
})

it('a loop is worse than unlikely words, which tell that there was nothing', () => {
  expect([loop, verdict({ repetition: 3, meanLog: -0.9 }), nothing].toSorted(compare)[0]).toBe(nothing)
})
