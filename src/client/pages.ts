import type { Http, RequestOptions } from './http.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export type Query = Record<string, unknown>

/** The path with the query's parameters that are defined. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  const text = String(search)
  return text === '' ? path : `${path}?${text}`
}

/** All items of a list, fetched page by page. */
export async function* allOf<T>(
  http: Http,
  path: string,
  query: Query,
  { signal }: RequestOptions,
): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const page = await http.json<Page<T>>('GET', withQuery(path, { ...query, cursor }), { signal })
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
