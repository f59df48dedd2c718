import type { RecogniseOptions, Recognition } from '../ports/engine.ts'

/**
 * A stretch of a recording that goes to the engine in one piece: the unit of work, of retry and of progress.
 * Numbers are samples at 16 kHz from the start of the recording, ends exclusive.
 *
 * `start`…`end` is what the engine hears. `from`…`to` inside it is what this part answers for: the `from`…`to`
 * of all parts are disjoint and in order and cover all sound that was found. Where two parts overlap
 * (`to < end`: the cut fell into running speech, and both heard its surroundings), the next part's `from`
 * is this one's `to`.
 */
export interface PartSpan {
  index: number
  start: number
  end: number
  from: number
  to: number
}

export interface Part extends PartSpan {
  pcm: Int16Array
  /** See `RecogniseOptions.speech`. */
  speech?: Float32Array | undefined
}

/** What merging takes: no PCM, so that what is done takes no memory to speak of. */
export interface RecognisedPart extends PartSpan {
  /** Times from `start`, as the engine gave them. */
  result: Recognition
}

/** Transcribes the parts of one recording, here or elsewhere. */
export interface JobParts {
  /** How many can be transcribed at the same time, here and elsewhere. */
  readonly places: number
  /** Whether some were handed over, by this run or an earlier one. */
  readonly shared: boolean
  recognise(pcm: Int16Array, options: RecogniseOptions, signal: AbortSignal): Promise<Recognition>
}
