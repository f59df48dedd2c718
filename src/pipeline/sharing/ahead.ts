import type { Engine } from '../../ports/engine.ts'

/**
 * Parts that an engine is given beyond those that it hears. One that hears a part at a time is given the next one while
 * it works. What hears many together is not: a few at hand would go to it alone, and a whole batch at hand is missing
 * elsewhere at the end of a recording.
 */
export const partsAhead = ({ places, slots }: Pick<Engine, 'places' | 'slots'>): number =>
  places === slots ? slots : 0
