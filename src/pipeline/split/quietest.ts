import { SAMPLE_RATE } from '../../ports/engine.ts'

/** A dip between two words is about this long. */
const WINDOW = SAMPLE_RATE * 0.08
const HOP = SAMPLE_RATE * 0.01

/** Where PCM is quietest: the middle of its quietest 80 ms, the first of equals. */
export function quietest(pcm: Int16Array): number {
  const energy: number[] = []
  for (let at = 0; at + HOP <= pcm.length; at += HOP) {
    let sum = 0
    for (let i = at; i < at + HOP; i++) sum += pcm[i]! * pcm[i]!
    energy.push(sum)
  }
  const width = WINDOW / HOP
  if (energy.length <= width) return pcm.length >> 1
  let sum = 0
  let best = Infinity
  let bestEnd = width
  energy.forEach((e, i) => {
    sum += e - (energy[i - width] ?? 0)
    if (i + 1 < width || sum >= best) return
    best = sum
    bestEnd = i + 1
  })
  return bestEnd * HOP - WINDOW / 2
}
