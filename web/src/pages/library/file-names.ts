/** What no file may have in its name on one system or another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f/\\:*?"<>|]+/g
const LONGEST = 120

/** A name for each title, none of them twice, on any system. @param ending without the dot */
export function fileNames(titles: readonly string[], ending: string): string[] {
  const taken = new Set<string>()
  return titles.map((title) => {
    const plain = title
      .replace(/\.\w{2,5}$/, '')
      .replace(FORBIDDEN, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s.]+|[\s.]+$/g, '')
    const base = [...plain].slice(0, LONGEST).join('').trimEnd() || 'transcript'
    for (let n = 1; ; n++) {
      const name = `${n === 1 ? base : `${base} (${n})`}.${ending}`
      // Some systems take capitals for the same.
      const key = name.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return name
    }
  })
}
