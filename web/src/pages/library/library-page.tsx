import { Loader, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useLibrary } from './data.ts'
import { Entries } from './entries.tsx'
import { FilterBar } from './filter-bar.tsx'

// Most visits find something, and select nothing.
const Nothing = lazy(() => import('./nothing.tsx').then(({ Nothing }) => ({ default: Nothing })))
const SelectionBar = lazy(() =>
  import('./selection-bar.tsx').then(({ SelectionBar }) => ({ default: SelectionBar })),
)

const route = getRouteApi('/inside/library')

export function LibraryPage() {
  const filters = route.useSearch()
  const navigate = route.useNavigate()
  const library = useLibrary(filters)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = library
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const pages = library.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages])
  const chosen = useMemo(() => items.filter(({ id }) => selected.has(id)), [items, selected])
  const select = useCallback(
    (id: string, is: boolean) =>
      setSelected((before) => {
        const next = new Set(before)
        if (is) next.add(id)
        else next.delete(id)
        return next
      }),
    [],
  )
  return (
    <Stack gap="md">
      <PageHead title="Library" says="Everything that was transcribed in this account, newest first." />
      <FilterBar filters={filters} onChange={(search) => void navigate({ search, replace: true })} />
      <Suspense>
        {chosen.length > 0 && <SelectionBar items={chosen} onClear={() => setSelected(new Set())} />}
      </Suspense>
      <Loaded query={library} what="your library">
        {() =>
          items.length === 0 ? (
            <Suspense>
              <Nothing filters={filters} />
            </Suspense>
          ) : (
            <Entries items={items} find={filters.q} selected={selected} onSelect={select} onEnd={onEnd} />
          )
        }
      </Loaded>
      {isFetchingNextPage && <Loader size="sm" mx="auto" aria-label="Loading more" />}
    </Stack>
  )
}
