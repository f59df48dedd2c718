import { expect, it } from 'vitest'
import { TRIAL_LETTERS } from '../../contract/scripts.ts'
import { createDrawing } from './drawing.ts'

/** @param answers of the fonts, one after another: what they lack */
function drawing(...answers: string[]) {
  const machine = { now: 0, asked: [] as string[], able: undefined as string | undefined }
  const made = createDrawing({
    able: async () => machine.able,
    async fonts(text) {
      const answer = answers[machine.asked.length]
      machine.asked.push(text)
      if (answer === undefined) throw new Error('no ffmpeg')
      return new Set([...answer].filter((each) => text.includes(each)))
    },
    now: () => machine.now,
  })
  return { ...made, machine }
}

it('looks for fonts only after a start, and again for what is lacking', async () => {
  const { lacksScripts, machine } = drawing('กา一人', '一人', '')
  const at = async (now: number) => {
    machine.now = now
    return [await lacksScripts(), machine.asked.length]
  }
  expect(await at(0)).toEqual([[], 0])
  expect(await at(10_000)).toEqual([['Thai', 'Hani'], 1])
  expect(await at(609_000)).toEqual([['Thai', 'Hani'], 1])
  expect(await at(611_000)).toEqual([['Hani'], 2])
  expect(await at(1_300_000)).toEqual([[], 3])
  expect(await at(99_000_000)).toEqual([[], 3])
  expect(machine.asked).toEqual([TRIAL_LETTERS, 'กา一人', '一人'])
})

it('asks of each letter once, however many ask at once', async () => {
  const { lacking, machine } = drawing('ß', 'ö')
  const answers = await Promise.all([lacking(['a', 'ß']), lacking(['ß', 'a', 'ö']), lacking(['a'])])
  expect(answers).toEqual([new Set('ß'), new Set('ßö'), new Set()])
  expect(machine.asked).toEqual(['aß', 'ö'])
})

it('lacks no script where it cannot look, and looks again', async () => {
  const { lacking, lacksScripts } = drawing()
  await lacksScripts()
  expect(await lacksScripts()).toEqual([])
  await expect(lacking(['a'])).rejects.toThrow('no ffmpeg')
})

it('makes videos from when ffmpeg can', async () => {
  const { makesVideos, machine } = drawing()
  const at = (now: number, able: string | undefined) => {
    Object.assign(machine, { now, able })
    return makesVideos()
  }
  expect(await at(0, 'libass')).toBe(false)
  expect(await at(59_000, undefined)).toBe(false)
  expect(await at(61_000, undefined)).toBe(true)
  expect(await at(999_000, 'libass')).toBe(true)
})
