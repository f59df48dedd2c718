import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { languageName, sourceNames } from '../parts/words.ts'
import { useFacets } from './data.ts'
import type { Filters } from './filters.ts'

const STATES = {
  succeeded: 'Done',
  running: 'Under way',
  queued: 'Waiting',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const TYPING_MS = 250

/** Words to look for, and what there is to choose from: only what this library has. */
export function FilterBar({ filters, onChange }: { filters: Filters; onChange(filters: Filters): void }) {
  const [words, setWords] = useState(filters.q ?? '')
  const facets = useFacets().data
  const search = useDebouncedCallback((q: string) => onChange({ ...filters, q: q || undefined }), TYPING_MS)
  const type = (q: string) => {
    setWords(q)
    search(q)
  }
  const option = (value: string, label: string, count: number) => ({ value, label: `${label} (${count})` })
  return (
    <Group align="end">
      <TextInput
        type="search"
        label="Search what was said"
        placeholder="Words"
        flex="1 1 16rem"
        value={words}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <Select
        label="From"
        placeholder="Anywhere"
        clearable
        w={170}
        data={facets?.sources.map((f) => option(f.source, sourceNames[f.source], f.count)) ?? []}
        value={filters.source ?? null}
        onChange={(source) => onChange({ ...filters, source: (source ?? undefined) as Filters['source'] })}
      />
      <Select
        label="Language"
        placeholder="Any"
        clearable
        w={170}
        data={facets?.languages.map((f) => option(f.language, languageName(f.language), f.count)) ?? []}
        value={filters.language ?? null}
        onChange={(language) => onChange({ ...filters, language: language ?? undefined })}
      />
      <Select
        label="State"
        placeholder="Any"
        clearable
        w={150}
        data={facets?.states.map((f) => option(f.state, STATES[f.state], f.count)) ?? []}
        value={filters.state ?? null}
        onChange={(state) => onChange({ ...filters, state: (state ?? undefined) as Filters['state'] })}
      />
    </Group>
  )
}
