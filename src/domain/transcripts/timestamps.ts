/** Times as files have them. */

/** `HH:MM:SS,mmm` for SubRip, `HH:MM:SS.mmm` for WebVTT. @param seconds not negative */
export function timestamp(seconds: number, decimal: ',' | '.'): string {
  const ms = milliseconds(seconds)
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':')
  return `${clock}${decimal}${String(ms % 1000).padStart(3, '0')}`
}

export const milliseconds = (seconds: number): number => Math.round(Math.max(0, seconds) * 1000)

/** `HH:MM:SS` */
export const clockTime = (seconds: number): string => timestamp(seconds, '.').slice(0, 'HH:MM:SS'.length)
