import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toneAudio, wav } from '../../test/support/tone.ts'
import { probeFile } from './probe.ts'
import { probeOnce } from './probe-once.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-test-'))
})
afterAll(() => rm(dir, { recursive: true }))

it('looks at a file once, wherever it is moved, and again when it changed', async () => {
  let looks = 0
  const probe = probeOnce((path) => {
    looks++
    return probeFile(path)
  })
  const path = join(dir, 'a.wav')
  await writeFile(path, wav(toneAudio([], 2)))
  expect((await probe(path)).durationSeconds).toBeCloseTo(2)
  const moved = join(dir, 'b.wav')
  await rename(path, moved)
  expect((await probe(moved)).durationSeconds).toBeCloseTo(2)
  expect(looks).toBe(1)

  await writeFile(moved, wav(toneAudio([], 3)))
  expect((await probe(moved)).durationSeconds).toBeCloseTo(3)
  await utimes(moved, 1000, 1000)
  await probe(moved)
  expect(looks).toBe(3)
})

it('remembers no failure', async () => {
  const probe = probeOnce(probeFile)
  const path = join(dir, 'late.wav')
  await expect(probe(path)).rejects.toThrow()
  await writeFile(path, 'no media')
  await expect(probe(path)).rejects.toMatchObject({ code: 'not_media' })
  await writeFile(path, wav(toneAudio([], 1)))
  expect((await probe(path)).durationSeconds).toBeCloseTo(1)
})
