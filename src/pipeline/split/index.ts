import type { Vad } from '../../contract/wishes.ts'
import { SAMPLE_RATE, type SplitterName } from '../../ports/engine.ts'
import type { SpeechDetector } from '../../ports/speech-detector.ts'
import type { Part } from '../parts.ts'
import { blocks } from './blocks.ts'
import { PartCutter } from './cutter.ts'
import { EnergyFinder } from './energy.ts'
import { FixedPlanner } from './fixed.ts'
import { OVERLAP, PADDING, PausePlanner } from './pauses.ts'
import type { Limits, Planner } from './planner.ts'
import { SileroFinder } from './silero.ts'

export type { Part, PartSpan } from '../parts.ts'

export interface SplitOptions {
  splitter: SplitterName
  /** Longest PCM of a part, seconds: `EngineDescription.maxPartSeconds`. Capped at 28, for its own good. */
  maxPartSeconds: number
  /**
   * What parts are packed up to where pauses allow it, seconds. Default 15: the cost of Whisper's encoder
   * grows faster than the length, and shorter parts would take away context.
   */
  targetSeconds?: number | undefined
  /** Pauses of this length and more are never carried along inside a part, seconds. Default 1.5. */
  longestPauseSeconds?: number | undefined
  /**
   * Length of the recording, seconds, if slots stand idle that may share it. A short one is cut near its middle
   * then, where each half takes less than half the time of the whole. Decides where the parts lie.
   */
  sharedSeconds?: number | undefined
  /** Whether the first parts are short, so that the first text is there early. Default true. */
  early?: boolean | undefined
  /** For `silero`. */
  detector?: SpeechDetector
  /** Of the request's own, for `silero`. */
  vad?: Vad | undefined
}

/** Longer parts cost more than they bring (DESIGN, section 4), and Whisper drops what is beyond 30 s. */
const LONGEST = 28
const LONGEST_PAUSE = 1.5
/** The first parts are short, so that the first text is there early. */
const FIRST_TARGETS = [5, 10]

/** Of these lengths, seconds, a recording is cut near its middle for two slots. */
const SHARED = { from: 8, to: 30 }
/** How far from its middle, of its length. */
const NEAR = 0.2

/**
 * Cuts a recording into parts, at pauses where it has any. The same PCM gives the same parts, however it is
 * portioned: a job that goes on after a crash finds its stored parts again. Memory stays flat.
 * @throws whatever reading the PCM or the speech detector throws
 */
export async function* splitParts(
  pcm: AsyncIterable<Int16Array>,
  options: SplitOptions,
): AsyncGenerator<Part> {
  const cutter = new PartCutter()
  const planner = createPlanner(options, cutter)
  let index = 0
  const cut = function* (): Generator<Part> {
    for (const span of planner.take()) {
      const { start, end } = span
      yield { index: index++, ...span, pcm: cutter.slice(start, end), speech: cutter.speech(start, end) }
    }
    cutter.forget(planner.neededFrom())
  }
  try {
    for await (const block of blocks(pcm)) {
      cutter.push(block)
      await planner.push(block)
      yield* cut()
    }
    await planner.end()
    yield* cut()
  } finally {
    planner.close()
  }
}

function createPlanner(options: SplitOptions, cutter: PartCutter): Planner {
  // Two overlaps and something between them.
  if (options.maxPartSeconds < 4) throw new RangeError('parts must be allowed at least 4 seconds')
  const longest = Math.floor(Math.min(LONGEST, options.maxPartSeconds) * SAMPLE_RATE)
  const target = Math.min(longest, (options.targetSeconds ?? 15) * SAMPLE_RATE)
  const limits: Limits = {
    longest,
    pause: (options.longestPauseSeconds ?? LONGEST_PAUSE) * SAMPLE_RATE,
    target: (index) =>
      Math.min(
        target,
        (((options.early ?? true) ? FIRST_TARGETS[index] : undefined) ?? Infinity) * SAMPLE_RATE,
      ),
  }
  switch (options.splitter) {
    case 'fixed':
      return new FixedPlanner(limits, cutter)
    case 'energy':
      return new PausePlanner(new EnergyFinder(), shared(limits, options), cutter)
    case 'silero':
      if (!options.detector) throw new Error('the silero splitter needs a speech detector')
      return new PausePlanner(sileroOf(options.detector, options.vad), asked(limits, options), cutter)
  }
}

function shared(limits: Limits, { sharedSeconds = 0 }: SplitOptions): Limits {
  const at = (fraction: number): number => Math.floor(sharedSeconds * fraction * SAMPLE_RATE)
  const middle = { earliest: at(0.5 - NEAR), latest: at(0.5 + NEAR) }
  const fits = middle.latest + PADDING + OVERLAP <= limits.longest
  if (sharedSeconds < SHARED.from || sharedSeconds > SHARED.to || !fits) return limits
  const { target } = limits
  return { ...limits, middle, target: (index) => (index === 0 ? middle.latest : target(Infinity)) }
}

const sileroOf = (detector: SpeechDetector, vad: Vad | undefined): SileroFinder =>
  new SileroFinder(
    detector,
    vad && {
      threshold: vad.threshold,
      pauseSeconds: vad.silenceMs === undefined ? undefined : vad.silenceMs / 1000,
    },
  )

function asked(limits: Limits, options: SplitOptions): Limits {
  const { paddingMs } = options.vad ?? {}
  const padding = paddingMs === undefined ? undefined : Math.round((paddingMs / 1000) * SAMPLE_RATE)
  return { ...shared(limits, options), padding }
}
