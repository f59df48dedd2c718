import { describe, expect, it } from 'vitest'
import {
  changed,
  fingerprint,
  nextToSend,
  percent,
  sentSoFar,
  type Upload,
  type UploadState,
} from './upload.ts'

const upload = (id: string, state: UploadState): Upload => ({
  id,
  state,
  name: `${id}.wav`,
  bytes: 200,
  sent: 0,
  seconds: null,
  wishes: {},
  problem: undefined,
  mediaId: undefined,
  samples: [],
  isRestored: false,
})
const turn = (...states: UploadState[]): string[] =>
  nextToSend(states.map((state, k) => upload(String(k), state))).map(({ id }) => id)

describe('whose turn it is', () => {
  it('is the first two’s', () => {
    expect(turn('waiting', 'waiting', 'waiting')).toEqual(['0', '1'])
    expect(turn('sending', 'waiting', 'waiting')).toEqual(['1'])
    expect(turn('sending', 'cut', 'waiting')).toEqual([])
  })

  it('passes over those that are stopped', () => {
    expect(turn('paused', 'failed', 'left', 'waiting', 'waiting')).toEqual(['3', '4'])
  })
})

it('counts what was sent', () => {
  const before = upload('a', 'cut')
  const [after] = changed([before], 'a', sentSoFar(before, 50, 1000))
  expect(after).toMatchObject({ state: 'sending', sent: 50, samples: [{ at: 1000, pct: 25 }] })
  expect(percent({ sent: 0, bytes: 0 })).toBe(0)
})

it('knows a file again, for the same account only', () => {
  const file = { name: 'a.wav', size: 3, lastModified: 7 }
  expect(fingerprint('acc_1', file)).toBe(fingerprint('acc_1', { ...file }))
  const others = [
    fingerprint('acc_2', file),
    fingerprint('acc_1', { ...file, name: 'b.wav' }),
    fingerprint('acc_1', { ...file, size: 4 }),
    fingerprint('acc_1', { ...file, lastModified: 8 }),
  ]
  expect(others).not.toContain(fingerprint('acc_1', file))
})
