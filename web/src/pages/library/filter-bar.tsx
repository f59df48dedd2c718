import { Group, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { lazy, Suspense, useState } from 'react'
import type { FilterProps } from './filters.ts'

const FilterChoices = lazy(() =>
  import('./filter-choices.tsx').then(({ FilterChoices }) => ({ default: FilterChoices })),
)

const TYPING_MS = 250

/** Words to look for, and what there is to choose from. */
export function FilterBar({ filters, onChange }: FilterProps) {
  const [words, setWords] = useState(filters.q ?? '')
  const search = useDebouncedCallback((q: string) => onChange({ ...filters, q: q || undefined }), TYPING_MS)
  const type = (q: string) => {
    setWords(q)
    search(q)
  }
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
      <Suspense fallback={<Skeleton h={60} w={500} maw="100%" />}>
        <FilterChoices filters={filters} onChange={onChange} />
      </Suspense>
    </Group>
  )
}
