import { SAMPLE_RATE, type SplitterName } from '../../ports/engine.ts'
import type { SpeechDetector } from '../../ports/speech-detector.ts'
import type { Part } from '../parts.ts'
import { blocks } from './blocks.ts'
import { PartCutter } from './cutter.ts'
import { EnergyFinder } from './energy.ts'
import { FixedPlanner } from './fixed.ts'
import { PausePlanner } from './pauses.ts'
import type { Planner } from './planner.ts'
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
  targetSeconds?: number
  /** For `silero`. */
  detector?: SpeechDetector
}

/** Longer parts cost more than they bring (DESIGN, section 4), and Whisper drops what is beyond 30 s. */
const LONGEST = 28
/** The first parts are short, so that the first text is there early. */
const FIRST_TARGETS = [5, 10]

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
    for (const span of planner.take())
      yield { index: index++, ...span, pcm: cutter.slice(span.start, span.end) }
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
  const limits = {
    longest,
    target: (index: number) => Math.min(target, (FIRST_TARGETS[index] ?? Infinity) * SAMPLE_RATE),
  }
  switch (options.splitter) {
    case 'fixed':
      return new FixedPlanner(limits, cutter)
    case 'energy':
      return new PausePlanner(new EnergyFinder(), limits, cutter)
    case 'silero':
      if (!options.detector) throw new Error('the silero splitter needs a speech detector')
      return new PausePlanner(new SileroFinder(options.detector), limits, cutter)
  }
}
