import { type InfiniteData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type {
  BatchItemState,
  BatchReply,
  CreateBatchBody,
  DeleteBatchReply,
  ListBatchesReply,
  ListBatchItemsReply,
  PreviewBatchReply,
} from '../../../../src/contract/batches.ts'
import type {
  ChangeSubscriptionBody,
  CreateSubscriptionBody,
  ListEntriesReply,
  ListSubscriptionsReply,
  SubscriptionEntry,
  SubscriptionReply,
} from '../../../../src/contract/subscriptions.ts'
import { api } from '../../api.ts'
import { useChange } from '../parts/use-change.ts'
import { TRANSCRIPTIONS } from '../transcribe/data.ts'

const BATCHES = ['batches']
const SUBSCRIPTIONS = ['subscriptions']
const WATCH_MS = 2000
/** Programs of the account begin batches as well, and subscriptions do. */
const IDLE_MS = 15_000

const isRunning = ({ finishedAt }: BatchReply): boolean => finishedAt === null

/** One page of a list as the server has it. */
const page = <T>(path: string, query: Record<string, string>, cursor: string | null): Promise<T> =>
  api.get<T>(`${path}?${new URLSearchParams({ ...query, ...(cursor !== null && { cursor }) })}`)

const pages = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor,
}

const some = <T>(data: InfiniteData<{ items: T[] }> | undefined, is: (item: T) => boolean): boolean =>
  data?.pages.some(({ items }) => items.some(is)) ?? false

export const useBatches = () =>
  useInfiniteQuery({
    queryKey: [...BATCHES, 'all'],
    queryFn: ({ pageParam }) => page<ListBatchesReply>('/batches', { limit: '50' }, pageParam),
    ...pages,
    refetchInterval: ({ state }) => (some(state.data, isRunning) ? WATCH_MS : IDLE_MS),
  })

export const useBatch = (id: string) =>
  useQuery({
    queryKey: [...BATCHES, id],
    queryFn: () => api.get<BatchReply>(`/batches/${id}`),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? WATCH_MS : false),
  })

/** @param state only those @param watched while the batch runs */
export const useItems = (id: string, state: BatchItemState | null, watched: boolean) =>
  useInfiniteQuery({
    // Once more when the batch has ended.
    queryKey: [...BATCHES, id, 'items', state, watched],
    queryFn: ({ pageParam }) =>
      page<ListBatchItemsReply>(`/batches/${id}/items`, state === null ? {} : { state }, pageParam),
    ...pages,
    placeholderData: (before) => before,
    refetchInterval: watched ? WATCH_MS : false,
  })

export const usePreview = () =>
  useMutation({
    mutationFn: (body: CreateBatchBody) => api.post<PreviewBatchReply>('/batches/preview', body),
  })

export const useCreateBatch = () =>
  useChange([BATCHES, TRANSCRIPTIONS], (body: CreateBatchBody) => api.begin<BatchReply>('/batches', body))

/** Cancels what runs, and removes what has ended. */
export const useDeleteBatch = (id: string) =>
  useChange([BATCHES, TRANSCRIPTIONS], () => api.delete<DeleteBatchReply>(`/batches/${id}`))

export const resultsUrl = {
  zip: (id: string, formats: readonly string[]): string =>
    api.url(`/batches/${id}.zip?format=${formats.join()}`),
  jsonl: (id: string): string => api.url(`/batches/${id}.jsonl`),
}

export const useSubscriptions = () =>
  useInfiniteQuery({
    queryKey: SUBSCRIPTIONS,
    queryFn: ({ pageParam }) => page<ListSubscriptionsReply>('/subscriptions', { limit: '50' }, pageParam),
    ...pages,
    refetchInterval: ({ state }) => (some(state.data, isDue) ? WATCH_MS : IDLE_MS),
  })

/** Its list is being looked at, or will be at once. */
const isDue = ({ nextLookAt }: SubscriptionReply): boolean =>
  nextLookAt !== null && Date.parse(nextLookAt) < Date.now() + WATCH_MS

/** What it has found. */
export const useEntries = (id: string) =>
  useInfiniteQuery({
    queryKey: [...SUBSCRIPTIONS, id, 'entries'],
    queryFn: ({ pageParam }) => page<ListEntriesReply>(`/subscriptions/${id}/entries`, {}, pageParam),
    ...pages,
    refetchInterval: ({ state }) => (some(state.data, isOpen) ? WATCH_MS : IDLE_MS),
  })

const isOpen = ({ state }: SubscriptionEntry): boolean => state === 'queued' || state === 'running'

export const useSubscribe = () =>
  useChange([SUBSCRIPTIONS], (body: CreateSubscriptionBody) =>
    api.begin<SubscriptionReply>('/subscriptions', body),
  )

export const useChangeSubscription = (id: string) =>
  useChange([SUBSCRIPTIONS], (body: ChangeSubscriptionBody) =>
    api.patch<SubscriptionReply>(`/subscriptions/${id}`, body),
  )

export const useLook = (id: string) =>
  useChange([SUBSCRIPTIONS], () => api.post<SubscriptionReply>(`/subscriptions/${id}/look`))

export const useUnsubscribe = (id: string) =>
  useChange([SUBSCRIPTIONS], () => api.delete<void>(`/subscriptions/${id}`))
