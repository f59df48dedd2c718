interface Range {
  type: string
  q: number
}

/** The ranges of an `Accept` header, as they are ordered by whoever asks: by their `q`, then by their place. */
function ranges(header: string): Range[] {
  return header
    .split(',', 50)
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
      const q = parameters.find((each) => each.startsWith('q='))?.slice(2)
      return { type, q: q === undefined ? 1 : Number(q) }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
}

/** Whether events are asked for, and rather than JSON where that is asked for too. */
export const prefersEvents = (header: string | undefined): boolean =>
  ranges(header ?? '').find(({ type }) => type === 'text/event-stream' || type === 'application/json')
    ?.type === 'text/event-stream'
