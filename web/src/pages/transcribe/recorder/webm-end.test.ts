import { expect, it } from 'vitest'
import { webmEnd } from './webm-end.ts'

const HEAD = [0x1a, 0x45, 0xdf, 0xa3, 0x83, 1, 2, 3]
const OPEN_SEGMENT = [0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255]
const OPEN_CLUSTER = [0x1f, 0x43, 0xb6, 0x75, 0x01, 255, 255, 255, 255, 255, 255, 255]
const TIME = [0xe7, 0x81, 0]
/** A block of 300 bytes, whose length takes two. */
const BLOCK = [0xa3, 0x41, 0x2c, ...Array.from({ length: 300 }, (_, k) => k % 256)]
const STREAM = [
  ...HEAD,
  ...OPEN_SEGMENT,
  ...OPEN_CLUSTER,
  ...TIME,
  ...BLOCK,
  ...OPEN_CLUSTER,
  ...TIME,
  ...BLOCK,
]

it('says where the last whole element ends, however the stream is cut', () => {
  const first = STREAM.length - BLOCK.length - TIME.length - OPEN_CLUSTER.length
  const ends = [HEAD.length, first - BLOCK.length, first, STREAM.length - BLOCK.length, STREAM.length]
  for (const step of [1, 2, 7, 100, STREAM.length]) {
    const end = webmEnd()
    for (let from = 0; from < STREAM.length; from += step) {
      const cut = Math.min(STREAM.length, from + step)
      const whole = Math.max(0, ...ends.filter((each) => each <= cut))
      expect(end(Uint8Array.from(STREAM.slice(from, cut)))).toBe(whole)
    }
  }
})

it('takes all of what it does not understand', () => {
  const end = webmEnd()
  expect(end(new Uint8Array(100_000).fill(0))).toBe(100_000)
})
