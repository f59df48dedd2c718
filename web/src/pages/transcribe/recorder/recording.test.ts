import { describe, expect, it } from 'vitest'
import { levelOf } from './level.ts'
import { lacking, problemOf } from './problem.ts'
import { recordingName, soundType } from './sound-type.ts'
import { elapsed, started, stopped } from './stopwatch.ts'

it('records what the browser can, Opus first', () => {
  expect(soundType(() => true)?.ending).toBe('webm')
  expect(soundType((type) => type === 'audio/mp4')).toEqual({ type: 'audio/mp4', ending: 'm4a' })
  expect(soundType(() => false)).toBeUndefined()
})

it('names a recording by its moment, as files may be named everywhere', () => {
  expect(recordingName('Recording', new Date(2026, 2, 5, 7, 8, 9), 'webm')).toBe(
    'Recording 2026-03-05 07.08.09.webm',
  )
})

it('counts time without pauses', () => {
  const begun = started({ before: 0, since: null }, 1_000)
  expect(elapsed(begun, 3_500)).toBe(2_500)
  const paused = stopped(begun, 4_000)
  expect(elapsed(paused, 60_000)).toBe(3_000)
  expect(elapsed(started(paused, 60_000), 61_000)).toBe(4_000)
})

it('shows loudness from silence to full scale', () => {
  expect(levelOf(new Float32Array(64))).toBe(0)
  expect(levelOf(new Float32Array(64).fill(1))).toBe(1)
  expect(levelOf(new Float32Array(64).fill(0.1))).toBeCloseTo(2 / 3)
  expect(levelOf(new Float32Array(64).fill(1e-4))).toBe(0)
})

describe('what is in the way', () => {
  it('is the address before anything else', () => {
    expect(lacking({ isSecure: false, records: false })).toBe('insecure')
    expect(lacking({ isSecure: true, records: false })).toBe('unable')
    expect(lacking({ isSecure: true, records: true })).toBeUndefined()
  })

  it('is said for the microphone and for tabs', () => {
    const error = (name: string) => Object.assign(new Error(name), { name })
    expect(problemOf(error('NotAllowedError'), 'microphone')).toBe('noPermission')
    expect(problemOf(error('NotAllowedError'), 'tab')).toBe('nothingShared')
    expect(problemOf(error('NotFoundError'), 'microphone')).toBe('noMicrophone')
    expect(problemOf(error('NotReadableError'), 'microphone')).toBe('microphoneBusy')
    expect(problemOf('?', 'tab')).toBe('failed')
  })
})
