/** The lines that `fetchArguments` makes yt-dlp print. */
export type FetchEvent =
  | { kind: 'progress'; bytes: number; fraction: number | null; path: string | null }
  | { kind: 'file'; path: string }

/** Null for anything else that ends up on stdout. */
export function parseEvent(line: string): FetchEvent | null {
  const value = parseObject(line)
  if (value?.t === 'f') return typeof value.path === 'string' ? { kind: 'file', path: value.path } : null
  if (value?.t !== 'p') return null
  const done = numberOr(value.d, 0)
  const total = numberOr(value.n, numberOr(value.e, 0))
  return {
    kind: 'progress',
    bytes: done,
    fraction: total > 0 ? Math.min(1, done / total) : null,
    path: typeof value.w === 'string' ? value.w : null,
  }
}

const numberOr = (value: unknown, other: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : other

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
