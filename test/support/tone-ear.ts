/** Hears tones without a model: for doubles that must answer rightly. */
import { frequencyOf, type ToneWord, WORDS } from './tone.ts'

const RATE = 16_000
const HOP = 160
const WINDOW = 320
/** Of a tone at full strength; the noise of `toneAudio` is a thousandth of it. */
const LOUD = 2000

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
    const strengths = WORDS.map((word) => strength(frame, frequencyOf(word)))
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
  let [one, two] = [0, 0]
  for (const sample of frame) [one, two] = [sample + step * one - two, one]
  return (2 * Math.sqrt(one * one + two * two - step * one * two)) / frame.length
}
