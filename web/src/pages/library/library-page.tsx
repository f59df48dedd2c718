import { Anchor, Loader, Stack } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { withMessages } from '../../i18n/catalogue.ts'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useFacets, useLibrary } from './data.ts'
import { Entries } from './entries.tsx'
import { FilterBar } from './filter-bar.tsx'
import { isBin } from './filters.ts'

// Most visits find something, and select nothing.
const Nothing = lazy(
  withMessages(['archive'], () => import('./nothing.tsx').then(({ Nothing }) => ({ default: Nothing }))),
)
const SelectionBar = lazy(
  withMessages(['archive', 'order'], () =>
    import('./selection-bar.tsx').then(({ SelectionBar }) => ({ default: SelectionBar })),
  ),
)
const BinHead = lazy(
  withMessages(['archive'], () => import('./bin.tsx').then(({ BinHead }) => ({ default: BinHead }))),
)
const BinnedBar = lazy(
  withMessages(['archive'], () => import('./bin.tsx').then(({ BinnedBar }) => ({ default: BinnedBar }))),
)
const BinSelection = lazy(
  withMessages(['archive'], () =>
    import('./bin.tsx').then(({ BinSelection }) => ({ default: BinSelection })),
  ),
)
const Receipts = lazy(
  withMessages(['archive'], () => import('./receipts.tsx').then(({ Receipts }) => ({ default: Receipts }))),
)

const route = getRouteApi('/inside/library')

export function LibraryPage() {
  const shell = useTranslations('shell')
  const t = useTranslations('library')
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
        <PageHead title={shell('pages.library')} says={t('says')}>
          <BinLink />
        </PageHead>
      )}
      <FilterBar filters={filters} onChange={(search) => void navigate({ search, replace: true })} />
      <Suspense>
        {binned.length > 0 && <BinnedBar ids={binned} onClose={() => setBinned([])} />}
        {chosen.length > 0 &&
          (bin ? <BinSelection {...selection} /> : <SelectionBar {...selection} onBinned={setBinned} />)}
      </Suspense>
      <Loaded query={library} failed={t('failed')}>
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
      {isFetchingNextPage && <Loader size="sm" mx="auto" aria-label={t('loadingMore')} />}
      <Suspense>{bin && <Receipts />}</Suspense>
    </Stack>
  )
}

function BinLink() {
  const t = useTranslations('library')
  const { data } = useFacets()
  return (
    <Anchor size="sm" renderRoot={(root) => <Link to="/library" search={{ bin: 'true' }} {...root} />}>
      {data && data.binned > 0 ? t('binCount', { count: data.binned }) : t('bin')}
    </Anchor>
  )
}
