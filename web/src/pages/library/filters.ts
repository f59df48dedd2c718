import type { ListTranscriptionsQuery } from '../../../../src/contract/native.ts'

/** What the library shows, as it stands in the page's address. */
export type Filters = Pick<ListTranscriptionsQuery, 'q' | 'source' | 'language' | 'state'>

export interface FilterProps {
  filters: Filters
  onChange(filters: Filters): void
}

const NAMES = ['q', 'source', 'language', 'state'] as const

/** Of an address that anybody may have typed: the server refuses values that it does not know. */
export function filtersOf(search: Record<string, unknown>): Filters {
  const given = NAMES.flatMap((name) => {
    const value = search[name]
    return value === undefined || value === '' ? [] : [[name, String(value)]]
  })
  return Object.fromEntries(given) as Filters
}

export const isFiltered = (filters: Filters): boolean => NAMES.some((name) => filters[name] !== undefined)
