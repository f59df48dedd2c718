import { Anchor, Loader, Stack } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { withMessages } from '../../i18n/catalogue.ts'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useFacets, useLibrary } from './data.ts'
import { Entries } from './entries.tsx'
import { FilterBar } from './filter-bar.tsx'
import { isBin } from './filters.ts'

// Most visits find something, and select nothing.
const Nothing = lazy(() => import('./nothing.tsx').then(({ Nothing }) => ({ default: Nothing })))
const SelectionBar = lazy(
  withMessages(['order'], () =>
    import('./selection-bar.tsx').then(({ SelectionBar }) => ({ default: SelectionBar })),
  ),
)
const BinHead = lazy(() => import('./bin.tsx').then(({ BinHead }) => ({ default: BinHead })))
const BinnedBar = lazy(() => import('./bin.tsx').then(({ BinnedBar }) => ({ default: BinnedBar })))
const BinSelection = lazy(() => import('./bin.tsx').then(({ BinSelection }) => ({ default: BinSelection })))
const Receipts = lazy(() => import('./receipts.tsx').then(({ Receipts }) => ({ default: Receipts })))

const route = getRouteApi('/inside/library')

export function LibraryPage() {
  const filters = route.useSearch()
  const navigate = route.useNavigate()
  const library = useLibrary(filters)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [binned, setBinned] = useState<readonly string[]>([])
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
  const bin = isBin(filters)
  const selection = {
    items: chosen,
    onAll: chosen.length < items.length ? () => setSelected(new Set(items.map(({ id }) => id))) : undefined,
    onClear: () => setSelected(new Set()),
  }
  return (
    <Stack gap="md">
      {bin ? (
        <Suspense>
          <BinHead />
        </Suspense>
      ) : (
        <PageHead title="Library" says="Everything that was transcribed in this account.">
          <BinLink />
        </PageHead>
      )}
      <FilterBar filters={filters} onChange={(search) => void navigate({ search, replace: true })} />
      <Suspense>
        {binned.length > 0 && <BinnedBar ids={binned} onClose={() => setBinned([])} />}
        {chosen.length > 0 &&
          (bin ? <BinSelection {...selection} /> : <SelectionBar {...selection} onBinned={setBinned} />)}
      </Suspense>
      <Loaded query={library} failed="We could not load your library">
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
      <Suspense>{bin && <Receipts />}</Suspense>
    </Stack>
  )
}

function BinLink() {
  const { data } = useFacets()
  return (
    <Anchor size="sm" renderRoot={(root) => <Link to="/library" search={{ bin: 'true' }} {...root} />}>
      Bin{data && data.binned > 0 && ` (${data.binned})`}
    </Anchor>
  )
}
