import { expect, it } from 'vitest'
import type { Script } from '../../domain/videos/scripts.ts'
import { fontAbility } from './font-ability.ts'

/** @param answers one after another */
function asking(...answers: Script[][]) {
  let now = 0
  let looks = 0
  const look = async (): Promise<Script[]> => {
    const answer = answers[looks]
    looks++
    if (!answer) throw new Error('no ffmpeg')
    return answer
  }
  const ability = fontAbility(look, () => now)
  return async (at: number) => {
    now = at
    return [await ability(), looks]
  }
}

it('looks for fonts only after a start, and again while some are lacking', async () => {
  const at = asking(['Thai', 'Hani'], ['Hani'], [])
  expect(await at(0)).toEqual([[], 0])
  expect(await at(10_000)).toEqual([['Thai', 'Hani'], 1])
  expect(await at(609_000)).toEqual([['Thai', 'Hani'], 1])
  expect(await at(611_000)).toEqual([['Hani'], 2])
  expect(await at(1_300_000)).toEqual([[], 3])
  expect(await at(99_000_000)).toEqual([[], 3])
})

it('goes on with what it knows where it cannot look', async () => {
  const at = asking(['Thai'])
  await at(0)
  await at(10_000)
  expect(await at(700_000)).toEqual([['Thai'], 2])
})
