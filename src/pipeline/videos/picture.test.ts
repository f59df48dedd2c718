import { describe, expect, it } from 'vitest'
import { pictureOf } from './picture.ts'

const FILM = {
  index: 0,
  width: 1920,
  height: 1080,
  avg_frame_rate: '25/1',
  r_frame_rate: '25/1',
  duration: '60',
}
const SECONDS = 60

describe('the picture of a video', () => {
  it('is the recording’s', () => {
    expect(pictureOf(FILM, SECONDS)).toEqual({ stream: 0, width: 1920, height: 1080, missing: 0 })
  })

  it.each([
    ['turned, as phones note it', { side_data_list: [{ rotation: -90 }] }, 1080, 1920],
    ['turned, as older files note it', { tags: { rotate: '270' } }, 1080, 1920],
    ['upside down', { side_data_list: [{ rotation: 180 }] }, 1920, 1080],
    ['of pixels that are not square', { width: 720, height: 576, sample_aspect_ratio: '64:45' }, 1024, 576],
    ['of pixels of unknown shape', { sample_aspect_ratio: '0:1' }, 1920, 1080],
    ['with odd sides', { width: 641, height: 359 }, 642, 360],
    ['of 8K', { width: 7680, height: 4320 }, 4096, 2304],
    ['of 8K, upright', { width: 4320, height: 7680 }, 2304, 4096],
    ['of a pixel', { width: 1, height: 1 }, 16, 16],
  ])('%s', (_, described, width, height) => {
    expect(pictureOf({ ...FILM, ...described }, SECONDS)).toMatchObject({ width, height })
  })

  it.each([
    ['NTSC', '30000/1001', '30000/1001', undefined],
    ['fast', '60/1', '60/1', undefined],
    ['of a camera that is too fast', '240/1', '240/1', 30],
    ['of slides', '1/10', '1/10', 30],
    ['of a screen, uneven', '7/1', '60/1', 60],
    ['of a phone, uneven', '2997/100', '90000/1', 30],
    ['unknown', '0/0', '0/0', 30],
  ])('has frames in which subtitles come in time: %s', (_, average, likely, fps) => {
    const described = { ...FILM, avg_frame_rate: average, r_frame_rate: likely }
    expect(pictureOf(described, SECONDS).fps).toBe(fps)
  })

  it('stays while the sound goes on', () => {
    expect(pictureOf({ ...FILM, duration: '12.5' }, SECONDS).missing).toBe(47.5)
    expect(pictureOf({ ...FILM, duration: '90' }, SECONDS).missing).toBe(0)
    const { duration: _, ...unknown } = FILM
    expect(pictureOf(unknown, SECONDS).missing).toBe(0)
  })
})
