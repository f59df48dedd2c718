import type { Engine } from '../../ports/engine.ts'

/**
 * Parts that an engine is given ahead, beyond those that it is transcribing. An engine that transcribes one part at a
 * time gets the next one early, so that it never waits. One that transcribes parts in batches gets none: a few would be
 * run as a small batch, and a full batch held ahead would be missing on other machines at the end of a recording.
 */
export const partsAhead = ({ places, slots }: Pick<Engine, 'places' | 'slots'>): number =>
  places === slots ? slots : 0
