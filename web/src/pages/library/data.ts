import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { FacetsReply, ListTranscriptionsReply } from '../../../../src/contract/native.ts'
import { api } from '../../api.ts'
import { TRANSCRIPTIONS } from '../transcribe/data.ts'
import type { Filters } from './filters.ts'

export const LIBRARY = [...TRANSCRIPTIONS, 'library']

export type Item = ListTranscriptionsReply['items'][number]

const PAGE = 100
/** So many are loaded anew at once; of a library of thousands, only where something has changed. */
const FEW_PAGES = 3

const isShort = ({ state }: { state: { data: { pages: unknown[] } | undefined } }): boolean =>
  (state.data?.pages.length ?? 0) <= FEW_PAGES

/** Page after page, as one scrolls. */
export const useLibrary = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: [...LIBRARY, filters],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({
        ...filters,
        limit: String(PAGE),
        ...(pageParam && { cursor: pageParam }),
      })
      return api.get<ListTranscriptionsReply>(`/transcriptions?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // It would compare all that is there with itself, whenever a page is added.
    structuralSharing: false,
    refetchOnWindowFocus: isShort,
    refetchOnReconnect: isShort,
    refetchOnMount: (query) => query.state.isInvalidated || isShort(query),
  })

export const useFacets = () =>
  useQuery({
    queryKey: [...TRANSCRIPTIONS, 'facets'],
    queryFn: () => api.get<FacetsReply>('/transcriptions/facets'),
  })
