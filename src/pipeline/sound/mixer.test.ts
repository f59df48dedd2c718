import { describe, expect, it } from 'vitest'
import { Mixer } from './mixer.ts'

const RATE = 16_000
const tone = (hertz: number, amplitude: number, seconds = 1): number[] =>
  Array.from({ length: seconds * RATE }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE))
const nothing = (seconds = 1): number[] => new Array<number>(seconds * RATE).fill(0)

/** The mix of these channels, handed over in pieces of `piece` moments. */
function mixed(channels: number[][], piece = 1024): Int16Array {
  const mixer = new Mixer(channels.length)
  const length = channels[0]!.length
  const mono = new Int16Array(length)
  for (let from = 0; from < length; from += piece) {
    const to = Math.min(length, from + piece)
    const samples = new Int16Array((to - from) * channels.length)
    for (let i = from; i < to; i++)
      channels.forEach((channel, k) => {
        samples[(i - from) * channels.length + k] = Math.round(channel[i]!)
      })
    mono.set(mixer.mix(samples), from)
  }
  return mono
}

/** Amplitude of a sine, from its energy. */
function level(pcm: ArrayLike<number>, from = 0, to = pcm.length): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += pcm[i]! ** 2
  return Math.sqrt((2 * sum) / (to - from))
}

const voice = tone(700, 8000)
const inverted = voice.map((x) => -x)

describe('two channels', () => {
  it('that are the same stay as they are', () => {
    expect(mixed([voice, voice])).toEqual(Int16Array.from(voice, Math.round))
  })

  it.each([42, 320, 1024, 4096])('of opposite phase do not cancel, in pieces of %i', (piece) => {
    expect(level(mixed([voice, inverted], piece))).toBeGreaterThan(7500)
    expect(level(mixed([voice, inverted.map((x) => 0.5 * x)], piece))).toBeGreaterThan(5500)
  })

  it('may change from one to the other in the middle', () => {
    const mono = mixed([
      [...voice, ...nothing(), ...voice],
      [...voice, ...nothing(), ...inverted],
    ])
    expect(level(mono, 0, RATE)).toBeGreaterThan(7500)
    expect(level(mono, 2 * RATE, 3 * RATE)).toBeGreaterThan(7500)
  })

  it('of two people are both heard', () => {
    const mono = mixed([
      [...voice, ...nothing()],
      [...nothing(), ...tone(1100, 8000)],
    ])
    expect(level(mono, 0, RATE)).toBeGreaterThan(3900)
    expect(level(mono, RATE)).toBeGreaterThan(3900)
  })
})

describe.each([3, 6, 10, 32])('%i channels without positions', (count) => {
  it('lose nobody, and nobody is quiet for being one of many', () => {
    for (const speaker of [0, 1, count - 1]) {
      const channels = Array.from({ length: count }, (_, k) => (k === speaker ? voice : nothing()))
      expect(level(mixed(channels)), `channel ${speaker}`).toBeGreaterThan(7500)
    }
  })

  it('of one voice do not cancel, nor clip', () => {
    const mono = mixed(Array.from({ length: count }, (_, k) => (k % 2 ? inverted : voice)))
    expect(level(mono)).toBeGreaterThan(7000)
    expect(Math.max(...mono)).toBeLessThan(20_000)
  })
})
