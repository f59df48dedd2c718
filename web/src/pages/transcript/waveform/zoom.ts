/** How far one looks into a waveform: by a factor of its whole length. */

/** Seconds that are to be seen at once at least. */
const CLOSEST = 8
export const STEP = 2

export const mostOf = (duration: number): number => Math.max(1, duration / CLOSEST)

export const zoomed = (zoom: number, factor: number, duration: number): number =>
  Math.min(Math.max(1, zoom * factor), mostOf(duration))

/** Where to scroll to for a second to be at a place, in a strip so wide. */
export const scrollFor = (seconds: number, offset: number, duration: number, width: number): number =>
  Math.max(0, (seconds / duration) * width - offset)

/** In the margin a follower would lose sight of what comes next. */
const AHEAD = 0.9
const BEHIND = 0.1

/** Where to scroll to so that what plays is in sight; undefined: it is. */
export function following(at: number, seen: { left: number; width: number }): number | undefined {
  if (at >= seen.left && at <= seen.left + seen.width * AHEAD) return undefined
  return Math.max(0, at - seen.width * BEHIND)
}
