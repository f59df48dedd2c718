/** Times of a recording as people read and write them. */

/** `0:07`, `12:03`, `1:02:03`; with `decimals`, `0:07.250`. @param seconds not negative */
export function clock(seconds: number, { decimals = false } = {}): string {
  const ms = Math.round(Math.max(0, seconds) * 1000)
  const whole = Math.floor(ms / 1000)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  const text = h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
  return decimals ? `${text}.${String(ms % 1000).padStart(3, '0')}` : text
}

/** Seconds of `7`, `0:07.25`, `1:02:03`. Undefined: this is no time. */
export function parseClock(text: string): number | undefined {
  const parts = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)$/.exec(text.trim())
  if (!parts) return undefined
  const [h, m, s] = parts.slice(1).map((part) => Number((part ?? '0').replace(',', '.')))
  return (h ?? 0) * 3600 + (m ?? 0) * 60 + (s ?? 0)
}
