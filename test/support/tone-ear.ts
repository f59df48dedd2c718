/** Hears tones without a model: for doubles that must answer rightly. */
import { frequencyOf, type ToneWord, WORDS } from './tone.ts'

const RATE = 16_000
const HOP = 160
const WINDOW = 320
/** Of a tone at full strength; the noise of `toneAudio` is a thousandth of it. */
const LOUD = 2000

const FREQUENCIES = WORDS.map(frequencyOf)

export interface HeardTone {
  word: ToneWord
  /** Seconds. */
  start: number
  end: number
}

/** The words in 16 kHz PCM of `toneAudio`, or a part of it, with their times to within 20 ms. */
export function hearTones(pcm: Int16Array): HeardTone[] {
  const heard: HeardTone[] = []
  for (let at = 0; at + WINDOW <= pcm.length; at += HOP) {
    const frame = pcm.subarray(at, at + WINDOW)
    // Most is silence, and looking at it tone by tone would take twice as long.
    if (!frame.some((sample) => Math.abs(sample) >= LOUD)) continue
    const strengths = FREQUENCIES.map((hz) => strength(frame, hz))
    const loudest = Math.max(...strengths)
    if (loudest < LOUD) continue
    const word = WORDS[strengths.indexOf(loudest)]!
    const last = heard.at(-1)
    const [start, end] = [at / RATE, (at + WINDOW) / RATE]
    if (last?.word === word && start <= last.end) last.end = end
    else heard.push({ word, start, end })
  }
  // At its edges a tone is heard as its neighbours.
  return heard.filter(({ start, end }) => end - start > 0.05)
}

/** Goertzel: the amplitude of one frequencyOf. */
function strength(frame: Int16Array, hz: number): number {
  const step = 2 * Math.cos((2 * Math.PI * hz) / RATE)
  let one = 0
  let two = 0
  for (let i = 0; i < frame.length; i++) {
    const next = frame[i]! + step * one - two
    two = one
    one = next
  }
  return (2 * Math.sqrt(one * one + two * two - step * one * two)) / frame.length
}
