/** Seconds, as Netflix's and the BBC's guides for subtitles have them, rounded so that milliseconds keep to them. */

/** Five sixths. */
export const SHORTEST = 0.834
export const LONGEST = 7
/** Two frames of 24 in a second. */
export const GAP = 0.084
/** A shorter gap than twelve frames is closed: it only flickers. */
export const CLOSED_GAP = 0.5
/** What a caption needs until the next one comes. */
export const SHORTEST_ROOM = SHORTEST + GAP
/** Characters a second that everybody can read; Netflix has 20 for English alone. */
export const READ = 17
/** So long may a caption stay after its last word, for those who read slowly. */
export const LINGER = 1.5
/** Within what one speaker says, a longer pause ends a caption. */
export const PAUSE = 1.5
/** Speakers who overlap by more speak at once. */
export const OVERLAP = 0.3
