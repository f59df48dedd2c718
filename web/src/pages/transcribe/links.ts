export interface TypedLinks {
  /** Each once, in the order they were typed. */
  links: string[]
  /** What is no address of anything. */
  unclear: string[]
}

/** The links in a text that somebody typed or pasted: one a line, or with spaces between them. */
export function linksIn(text: string): TypedLinks {
  const links = new Set<string>()
  const unclear: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const link = linkOf(word)
    if (link === undefined) unclear.push(word)
    else links.add(link)
  }
  return { links: [...links], unclear }
}

function linkOf(word: string): string | undefined {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(word) ? word : `https://${word}`
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, href } = new URL(text)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  return isWeb && /[.:]/.test(hostname) ? href : undefined
}
