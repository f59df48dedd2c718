/** The requests that change the archive, loaded only when they are needed. */
import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  BinReply,
  ListDeletionsReply,
  RestoreReply,
  Retention,
  RetentionReply,
  TagReply,
} from '../../../../src/contract/archive.ts'
import type {
  DeleteTranscriptionsReply,
  ListTranscriptionsReply,
  TranscriptionReply,
} from '../../../../src/contract/native.ts'
import { api } from '../../api.ts'
import { TRANSCRIPTIONS } from '../transcribe/data.ts'
import { LIBRARY } from './data.ts'

const RETENTION = ['retention']

export const useRetention = () =>
  useQuery({ queryKey: RETENTION, queryFn: () => api.get<RetentionReply>('/retention') })

/** For how many days a deleted transcript can be restored. */
export const useBinDays = () => useRetention().data?.server.binDays

export const useSetRetention = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (rules: Retention) => api.put<RetentionReply>('/retention', rules),
    onSuccess: (now) => queries.setQueryData(RETENTION, now),
  })
}

/** The most ids that the server takes in one request. */
const AT_ONCE = 500

async function inTurns(ids: readonly string[], ask: (some: string[]) => Promise<unknown>): Promise<void> {
  for (let k = 0; k < ids.length; k += AT_ONCE) await ask(ids.slice(k, k + AT_ONCE))
}

interface Binning {
  ids: readonly string[]
  /** Whether their recordings are deleted too when the bin is emptied. */
  media: boolean
}

/** Moves them to the bin; those that are queued or running are cancelled. */
export const useBin = () =>
  useTaking(({ ids, media }: Binning) =>
    inTurns(ids, (some) => api.post<BinReply>('/transcriptions/bin', { ids: some, media })),
  )

/** Takes them out of the bin. */
export const useRestore = () =>
  useTaking(({ ids }: { ids: readonly string[] }) =>
    inTurns(ids, (some) => api.post<RestoreReply>('/transcriptions/restore', { ids: some })),
  )

export const useRemoveForGood = () =>
  useTaking(({ ids }: { ids: readonly string[] }) =>
    inTurns(ids, (some) => api.post<DeleteTranscriptionsReply>('/transcriptions/delete', { ids: some })),
  )

/** A mutation that removes entries from the list that is shown. */
function useTaking<Input extends { ids: readonly string[] }>(mutationFn: (input: Input) => Promise<void>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: (_, { ids }) => {
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

interface Tagging {
  ids: readonly string[]
  add: string[]
  remove: string[]
}

export function useTag() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ ids, ...tags }: Tagging) =>
      inTurns(ids, async (some) => {
        const { items } = await api.post<TagReply>('/transcriptions/tags', { ids: some, ...tags })
        for (const { id, tags } of items)
          queries.setQueryData<TranscriptionReply>(['transcription', id], (read) => read && { ...read, tags })
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: TRANSCRIPTIONS }),
  })
}

/** Receipts for transcripts that were deleted for good, latest first. */
export const useDeletions = () =>
  useInfiniteQuery({
    queryKey: [...TRANSCRIPTIONS, 'deletions'],
    queryFn: ({ pageParam }) =>
      api.get<ListDeletionsReply>(
        `/deletions?${new URLSearchParams({ ...(pageParam && { cursor: pageParam }) })}`,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
