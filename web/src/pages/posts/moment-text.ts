/** “1:02:03”, “2:03” or “45” in seconds; undefined: it is none of them. Pure. */
export function secondsOf(text: string): number | undefined {
  const parts = text.trim().split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return undefined
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0)
}
