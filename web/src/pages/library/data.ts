import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  DeleteTranscriptionsReply,
  FacetsReply,
  ListTranscriptionsReply,
} from '../../../../src/contract/native.ts'
import { api } from '../../api.ts'
import { TRANSCRIPTIONS } from '../transcribe/data.ts'
import type { Filters } from './filters.ts'

const LIBRARY = [...TRANSCRIPTIONS, 'library']

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

/** As many at a time as the server takes. */
const AT_ONCE = 500

export function useRemoveMany() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (let k = 0; k < ids.length; k += AT_ONCE)
        await api.post<DeleteTranscriptionsReply>('/transcriptions/delete', {
          ids: ids.slice(k, k + AT_ONCE),
        })
    },
    onSuccess: (_, ids) => {
      const gone = new Set(ids)
      queries.setQueriesData<InfiniteData<ListTranscriptionsReply>>(
        { queryKey: LIBRARY },
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.filter(({ id }) => !gone.has(id)),
            })),
          },
      )
    },
    onSettled: () => queries.invalidateQueries({ queryKey: TRANSCRIPTIONS }),
  })
}
