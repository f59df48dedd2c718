import { expect, it } from 'vitest'
import { Linking } from './link.ts'

const voice = (seconds: number, ...print: number[]) => ({ print: Float32Array.from(print), seconds })

/** A block that answers for all that it hears. */
const at = (start: number) => ({ start, from: start, to: start + 100 })

it('one speaker’s voice in many blocks is one speaker, in whatever order the blocks name them', () => {
  const linking = new Linking()
  linking.add(at(0), {
    turns: [
      { start: 1, end: 5, voice: 1 },
      { start: 6, end: 9, voice: 0 },
    ],
    voices: [voice(3, 0.1, 1), voice(4, 2, 0)],
  })
  linking.add(at(100), {
    turns: [
      { start: 0, end: 3, voice: 0 },
      { start: 3, end: 4, voice: 1 },
      { start: 5, end: 6, voice: 2 },
    ],
    voices: [voice(3, 0, 5), voice(1, 1, 0.2), voice(1, -1, -1)],
  })
  expect(linking.turns()).toEqual([
    { start: 1, end: 5, speaker: 0 },
    { start: 6, end: 9, speaker: 1 },
    { start: 100, end: 103, speaker: 1 },
    { start: 103, end: 104, speaker: 0 },
    { start: 105, end: 106, speaker: 2 },
  ])
})

it('a turn that goes on over the end of a block is one turn; others may talk into it', () => {
  const linking = new Linking()
  linking.add(at(0), {
    turns: [
      { start: 50, end: 60, voice: 0 },
      { start: 59, end: 59.5, voice: 1 },
    ],
    voices: [voice(10, 1, 0), voice(1, 0, 1)],
  })
  linking.add(at(60), { turns: [{ start: 0.02, end: 7, voice: 0 }], voices: [voice(7, 1, 0)] })
  expect(linking.turns()).toEqual([
    { start: 50, end: 67, speaker: 0 },
    { start: 59, end: 59.5, speaker: 1 },
  ])
})

it('each block answers for its own part of what two hear', () => {
  const linking = new Linking()
  const voices = [voice(9, 1, 0)]
  linking.add({ start: 0, from: 0, to: 10 }, { turns: [{ start: 8, end: 10.9, voice: 0 }], voices })
  linking.add(
    { start: 9, from: 10, to: 20 },
    {
      turns: [
        { start: 0, end: 0.5, voice: 0 },
        { start: 1.02, end: 4, voice: 0 },
      ],
      voices,
    },
  )
  expect(linking.turns()).toEqual([{ start: 8, end: 13, speaker: 0 }])
})

it('what is too short to be anybody’s is nobody’s', () => {
  const linking = new Linking()
  linking.add(at(0), { turns: [{ start: 0, end: 0.3, voice: 0 }], voices: [null] })
  expect(linking.turns()).toEqual([])
})

it('a print follows the voice as it changes', () => {
  const linking = new Linking()
  for (let i = 0; i <= 8; i++) {
    const angle = (i * Math.PI) / 32
    const voices = [voice(10, Math.cos(angle), Math.sin(angle))]
    linking.add(at(100 * i), { turns: [{ start: 0, end: 10, voice: 0 }], voices })
  }
  expect(new Set(linking.turns().map(({ speaker }) => speaker))).toEqual(new Set([0]))
})

it('voices that are known before are told by them; others, and one that is not heard, change nothing', () => {
  const linking = new Linking()
  linking.know(0, [null, voice(2, 0.2, 1), voice(0.5, 1, 0)])
  linking.know(1, [voice(3, -1, 0)])
  linking.know(2, [null])
  linking.add(at(0), {
    turns: [
      { start: 1, end: 5, voice: 0 },
      { start: 6, end: 9, voice: 1 },
    ],
    voices: [voice(4, 1, 0), voice(3, 0.1, 1)],
  })
  expect(linking.turns()).toEqual([
    { start: 1, end: 5, speaker: 0 },
    { start: 6, end: 9, speaker: 1, known: 0 },
  ])
})

it('where it is known how many there are, no more are told apart', () => {
  const linking = new Linking(2)
  linking.add(at(0), {
    turns: [
      { start: 0, end: 20, voice: 0 },
      { start: 20, end: 40, voice: 1 },
      { start: 40, end: 60, voice: 2 },
    ],
    voices: [voice(20, 1, 0, 0), voice(20, 0.7, 0.7, 0), voice(20, 0, 0, 1)],
  })
  expect(linking.turns()).toEqual([
    { start: 0, end: 40, speaker: 0 },
    { start: 40, end: 60, speaker: 1 },
  ])
})
