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

/** A moment between words is this much quieter than the speech around it, in power: 20 dB. */
const HUSH = 0.01

/** The same where it is quiet enough to lie between two words, otherwise undefined. */
export function hush(pcm: Int16Array): number | undefined {
  const at = quietest(pcm)
  const around = pcm.subarray(at - WINDOW / 2, at + WINDOW / 2)
  return power(around) <= HUSH * power(pcm) ? at : undefined
}

function power(pcm: Int16Array): number {
  let sum = 0
  for (const sample of pcm) sum += sample * sample
  return sum / pcm.length
}
