const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** “830 kB”, “1.2 GB” */
export function bytesWords(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const count = bytes / 1000 ** unit
  const digits = unit < 2 || count >= 100 ? 0 : 1
  return `${count.toLocaleString(undefined, { maximumFractionDigits: digits })} ${UNITS[unit]}`
}
