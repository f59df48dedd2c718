/** Addresses in a text, as platforms make links of them. Looks once over the text, without regular expressions that go back. */

export interface FoundLink {
  /** UTF-16 units, as JavaScript counts. */
  start: number
  end: number
  url: string
}

const STARTS = ['https://', 'http://']
/** What ends a sentence, or closes a bracket, is seldom the end of an address. */
const TRAILING = /[.,;:!?'"»”’)\]}…。，、！？；：）】」』]/u

export function linksIn(text: string): FoundLink[] {
  const found: FoundLink[] = []
  const lower = text.toLowerCase()
  // Lower case may have another length (İ): then addresses are looked for as they are.
  const searched = lower.length === text.length ? lower : text
  for (let at = 0; at < text.length; ) {
    const start = nextStart(searched, at)
    if (start === -1) break
    const url = text.slice(start, endOf(text, start))
    at = start + Math.max(url.length, 1)
    if (URL.canParse(url) && new URL(url).hostname !== '') found.push({ start, end: start + url.length, url })
  }
  return found
}

const nextStart = (text: string, from: number): number => {
  const all = STARTS.map((each) => text.indexOf(each, from)).filter((at) => at !== -1)
  return all.length === 0 ? -1 : Math.min(...all)
}

function endOf(text: string, start: number): number {
  let end = start
  while (end < text.length && !/[\s<>"\p{Cc}]/u.test(text[end]!)) end++
  while (end > start && TRAILING.test(text[end - 1]!) && !closes(text.slice(start, end))) end--
  return end
}

/** `https://en.wikipedia.org/wiki/Ear_(disambiguation)` has its own brackets. */
function closes(url: string): boolean {
  if (!url.endsWith(')')) return false
  let open = 0
  for (const character of url) {
    if (character === '(') open++
    else if (character === ')') open--
  }
  return open >= 0
}
