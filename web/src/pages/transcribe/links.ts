export interface TypedLinks {
  /** Each once, in the order they were typed. */
  links: string[]
  /** What was meant as an address and is none that can be opened, or all words where there is no link among them. */
  unclear: string[]
}

/**
 * The links in a text that somebody typed or pasted: one a line, with spaces between them, or among other words, as
 * in an e-mail or a list in Markdown. Words beside links are passed over.
 */
export function linksIn(text: string): TypedLinks {
  const links = new Set<string>()
  const broken: string[] = []
  const others: string[] = []
  for (const word of text
    .split(/[\s<>"“”„«»`|]+/)
    .flatMap(apart)
    .map(bare)) {
    if (word === '') continue
    const link = linkOf(word)
    if (link !== undefined) links.add(link)
    else if (word.includes('://')) broken.push(word)
    else others.push(word)
  }
  return { links: [...links], unclear: links.size > 0 ? broken : [...broken, ...others] }
}

/** `[title](https://…)`, `https://…,https://…`: where one begins, the one before has ended. Addresses in addresses stay. */
function apart(word: string): string[] {
  const starts = [0]
  for (let at = word.indexOf('http', 1); at > 0; at = word.indexOf('http', at + 1))
    if (/^https?:\/\//i.test(word.slice(at, at + 8)) && ',;:([{'.includes(word[at - 1] ?? '')) starts.push(at)
  return starts.map((from, k) => word.slice(from, starts[k + 1]))
}

const PAIRS: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** Without the punctuation around it: `(https://…).`; a bracket that belongs to the address stays. */
function bare(word: string): string {
  let [from, to] = [0, word.length]
  while (from < to && "([{'‘’*_,;".includes(word[from] ?? '')) from++
  const count = new Map<string, number>()
  for (const sign of word.slice(from)) count.set(sign, (count.get(sign) ?? 0) + 1)
  for (; to > from; to--) {
    const last = word[to - 1] ?? ''
    const opening = PAIRS[last]
    const closings = count.get(last) ?? 0
    const isAround = opening ? closings > (count.get(opening) ?? 0) : ".,;:!?'‘’*_([{".includes(last)
    if (!isAround) break
    count.set(last, closings - 1)
  }
  return word.slice(from, to)
}

function linkOf(word: string): string | undefined {
  const isWhole = /^https?:\/\//i.test(word)
  if (!isWhole && (word.includes('://') || !isHostLike(word))) return undefined
  const text = isWhole ? word : `https://${word}`
  if (!URL.canParse(text)) return undefined
  const { hostname, href, username } = new URL(text)
  return username === '' && /[.:]/.test(hostname) ? href : undefined
}

/** People leave out `https://`. A dot alone makes no address: `e.g.`, `and/or`, `talk.mp3`, `me@example.org`. */
function isHostLike(word: string): boolean {
  const [host = '', ...path] = word.split('/')
  if (host.includes('@')) return false
  return /^www\./i.test(host) || (path.length > 0 && /\.[a-z]{2,}(:\d+)?$/i.test(host))
}
