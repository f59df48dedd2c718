import { Group, Skeleton, TextInput } from '@mantine/core'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FilterProps } from './filters.ts'

const FilterChoices = lazy(() =>
  import('./filter-choices.tsx').then(({ FilterChoices }) => ({ default: FilterChoices })),
)

const TYPING_MS = 250

/** Words to look for, and what there is to choose from. */
export function FilterBar({ filters, onChange }: FilterProps) {
  const t = useTranslations('library')
  const [words, setWords] = useState(filters.q ?? '')
  // useDebouncedCallback would add 700 bytes to the first load, which has no room for them.
  const latest = useRef(filters)
  latest.current = filters
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(waiting.current), [])
  const type = (q: string) => {
    setWords(q)
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => onChange({ ...latest.current, q: q || undefined }), TYPING_MS)
  }
  return (
    <Group align="end">
      <TextInput
        type="search"
        label={t('search.label')}
        placeholder={t('search.placeholder')}
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
