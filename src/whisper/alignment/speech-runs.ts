import { SAMPLE_RATE, SPEECH_FRAME } from '../units.ts'

/** A stretch of speech, seconds. */
export interface Run {
  start: number
  end: number
}

export interface RunRules {
  /** Probability from which a frame is speech. */
  threshold: number
  /** Shorter pauses do not part two runs, seconds. */
  pause: number
  /** Shorter runs are none, seconds. */
  shortest: number
}

/** Seconds of one frame of the voice detector. */
export const FRAME = SPEECH_FRAME / SAMPLE_RATE

/**
 * Where the voice detector hears speech. Borders lie where its probability, drawn as a line through the middles of
 * its frames, crosses the threshold.
 */
export function speechRuns(speech: Float32Array, { threshold, pause, shortest }: RunRules): Run[] {
  const runs: Run[] = []
  const crossing = (before: number, after: number, i: number): number => {
    const share = after === before ? 0 : (threshold - before) / (after - before)
    return Math.max(0, (i - 0.5 + share) * FRAME)
  }
  let start: number | undefined
  for (let i = 0; i <= speech.length; i++) {
    const before = i > 0 ? speech[i - 1]! : 0
    const now = i < speech.length ? speech[i]! : 0
    if (start === undefined && now >= threshold) start = i === 0 ? 0 : crossing(before, now, i)
    else if (start !== undefined && now < threshold) {
      const end = i === speech.length ? i * FRAME : crossing(before, now, i)
      const last = runs.at(-1)
      if (last && start - last.end < pause) last.end = end
      else runs.push({ start, end })
      start = undefined
    }
  }
  return runs.filter((run) => run.end - run.start >= shortest)
}

/** How much of a span is speech, seconds. */
export function speechIn(runs: readonly Run[], start: number, end: number): number {
  let sum = 0
  for (const run of runs) sum += Math.max(0, Math.min(run.end, end) - Math.max(run.start, start))
  return sum
}
