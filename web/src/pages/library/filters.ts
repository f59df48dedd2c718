import type { ListTranscriptionsQuery } from '../../../../src/contract/native.ts'

/** What the library shows, as it stands in the page's address. */
export type Filters = Pick<
  ListTranscriptionsQuery,
  'q' | 'source' | 'language' | 'state' | 'tag' | 'order' | 'bin'
>

export interface FilterProps {
  filters: Filters
  onChange(filters: Filters): void
}

/** The filters that narrow the list. */
const NARROWING = ['q', 'source', 'language', 'state', 'tag'] as const
const NAMES = [...NARROWING, 'order', 'bin'] as const

/** Of an address that anybody may have typed: the server refuses values that it does not know. */
export function filtersOf(search: Record<string, unknown>): Filters {
  const given = NAMES.flatMap((name) => {
    const value = search[name]
    return value === undefined || value === '' ? [] : [[name, String(value)]]
  })
  return Object.fromEntries(given) as Filters
}

export const isFiltered = (filters: Filters): boolean => NARROWING.some((name) => filters[name] !== undefined)

/** Whether the bin is shown. */
export const isBin = ({ bin }: Filters): boolean => bin === 'true'
