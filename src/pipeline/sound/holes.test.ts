import { expect, it } from 'vitest'
import { holesIn } from './holes.ts'
import type { SizedPacket } from './sized-packet.ts'

/** Frames of 20 ms. */
async function* sizes(...all: number[]): AsyncGenerator<SizedPacket> {
  for (const [k, size] of all.entries()) yield { at: k * 0.02, duration: 0.02, size, position: 0 }
}
const none = async (): Promise<number> => 0

it('a packet of many frames’ size is one frame and what cannot be read', async () => {
  expect(await holesIn(sizes(200, 200, 200, 5200, 200), none)).toEqual({
    holes: [{ at: 60, seconds: expect.closeTo(0.5) }],
    steady: true,
  })
})

it('tags of joined files are no sound', async () => {
  expect((await holesIn(sizes(200, 200, 5200, 200), async () => 5000)).holes).toEqual([])
})

it('frames of any size are frames, where none is missing', async () => {
  expect((await holesIn(sizes(100, 120, 140, 110, 150), none)).holes).toEqual([])
})

it('frames of different lengths do not say what is skipped', async () => {
  const mixed = async function* (): AsyncGenerator<SizedPacket> {
    yield { at: 0, duration: 0.02, size: 100, position: 0 }
    yield { at: 0.02, duration: 0.04, size: 100, position: 100 }
  }
  expect((await holesIn(mixed(), none)).steady).toBe(false)
})
