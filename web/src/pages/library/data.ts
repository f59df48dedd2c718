import {
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

export type Item = ListTranscriptionsReply['items'][number]

const PAGE = 50

/** Page after page, as one scrolls. */
export const useLibrary = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: [...TRANSCRIPTIONS, 'library', filters],
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
    onSettled: () => queries.invalidateQueries({ queryKey: TRANSCRIPTIONS }),
  })
}
