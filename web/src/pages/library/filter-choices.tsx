import { Select } from '@mantine/core'
import { languageName, sourceName } from '../parts/words.ts'
import { useFacets } from './data.ts'
import type { FilterProps, Filters } from './filters.ts'

const STATES = {
  succeeded: 'Done',
  running: 'Under way',
  queued: 'Waiting',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const ORDERS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  longest: 'Longest first',
  shortest: 'Shortest first',
  title: 'By title',
}

/** What there is to choose from: only what this library has. */
export function FilterChoices({ filters, onChange }: FilterProps) {
  const facets = useFacets().data
  const option = (value: string, label: string, count: number) => ({ value, label: `${label} (${count})` })
  return (
    <>
      <Select
        label="From"
        placeholder="Anywhere"
        clearable
        flex="1 1 8rem"
        data={facets?.sources.map((f) => option(f.source, sourceName(f.source), f.count)) ?? []}
        value={filters.source ?? null}
        onChange={(source) => onChange({ ...filters, source: (source ?? undefined) as Filters['source'] })}
      />
      <Select
        label="Language"
        placeholder="Any"
        clearable
        flex="1 1 8rem"
        data={facets?.languages.map((f) => option(f.language, languageName(f.language), f.count)) ?? []}
        value={filters.language ?? null}
        onChange={(language) => onChange({ ...filters, language: language ?? undefined })}
      />
      <Select
        label="State"
        placeholder="Any"
        clearable
        flex="1 1 8rem"
        data={facets?.states.map((f) => option(f.state, STATES[f.state], f.count)) ?? []}
        value={filters.state ?? null}
        onChange={(state) => onChange({ ...filters, state: (state ?? undefined) as Filters['state'] })}
      />
      {((facets?.tags.length ?? 0) > 0 || filters.tag !== undefined) && (
        <Select
          label="Tag"
          placeholder="Any"
          clearable
          searchable
          flex="1 1 8rem"
          data={facets?.tags.map((f) => option(f.tag, f.tag, f.count)) ?? []}
          value={filters.tag ?? null}
          onChange={(tag) => onChange({ ...filters, tag: tag ?? undefined })}
        />
      )}
      <Select
        label="Order"
        allowDeselect={false}
        flex="1 1 8rem"
        data={Object.entries(ORDERS).map(([value, label]) => ({ value, label }))}
        value={filters.order ?? 'newest'}
        onChange={(order) =>
          onChange({ ...filters, order: order === 'newest' ? undefined : (order as Filters['order']) })
        }
      />
    </>
  )
}
