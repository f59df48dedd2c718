import { describe, expect, it } from 'vitest'
import { toneAudio, toneProgramme } from '../../../test/support/tone.ts'
import { channelOf, Sides } from './channels.ts'

const SECONDS = 20
const ann = toneAudio(toneProgramme(1, SECONDS), SECONDS)
const bob = toneAudio(toneProgramme(2, SECONDS), SECONDS)
const silence = new Int16Array(ann.length)

function stereo(left: Int16Array, right: Int16Array): Int16Array {
  return Int16Array.from({ length: left.length * 2 }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1]!)
}

function apart(samples: Int16Array): boolean {
  const sides = new Sides()
  for (let at = 0; at < samples.length; at += 1002) sides.listen(samples.subarray(at, at + 1002))
  return sides.areApart
}

describe('two channels are apart', () => {
  it.each([
    ['two voices', stereo(ann, bob)],
    ['one voice and silence', stereo(silence, bob)],
  ])('%s', (_, samples) => expect(apart(samples)).toBe(true))
})

describe('two channels are one', () => {
  it.each([
    ['the same', stereo(ann, ann)],
    [
      'the same, but for what a codec makes of it',
      stereo(
        ann,
        ann.map((x, i) => x + ((i * 7919) % 41) - 20),
      ),
    ],
    [
      'the same, more quietly',
      stereo(
        ann,
        ann.map((x) => x / 3),
      ),
    ],
    [
      'the same, wires crossed',
      stereo(
        ann,
        ann.map((x) => -x),
      ),
    ],
    ['silence', stereo(silence, silence)],
  ])('%s', (_, samples) => expect(apart(samples)).toBe(false))
})

it('gives one channel of two, and of one that one', () => {
  expect(channelOf(1)(stereo(ann, bob), 2)).toEqual(bob)
  expect(channelOf(1)(ann, 1)).toEqual(ann)
})
