import { type QueryClient, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type {
  ConnectPostAccountBody,
  ConnectPostAccountReply,
  DraftReply,
  ListAttemptsReply,
  ListDraftsReply,
  ListPostAccountsReply,
  ListPostsReply,
  PostAccountReply,
  PostReply,
} from '../../../../src/contract/posts.ts'
import { api } from '../../api.ts'
import { useChange } from '../parts/use-change.ts'

const ACCOUNTS = ['post-accounts']
const DRAFTS = ['drafts']
const POSTS = ['posts']
/** A post that is due ends within seconds. */
const WATCH_MS = 2000

const accountsQuery = queryOptions({
  queryKey: ACCOUNTS,
  queryFn: () => api.get<ListPostAccountsReply>('/post-accounts'),
})

export const usePostAccounts = () => useQuery(accountsQuery)

export const useConnect = () =>
  useChange([ACCOUNTS], (body: ConnectPostAccountBody) =>
    api.post<ConnectPostAccountReply>('/post-accounts', body),
  )

export const useTestAccount = (id: string) =>
  useChange([ACCOUNTS], () => api.post<PostAccountReply>(`/post-accounts/${id}/test`))

export const useDisconnect = (id: string) =>
  useChange([ACCOUNTS, DRAFTS], () => api.delete<void>(`/post-accounts/${id}`))

export const useDrafts = () =>
  useQuery({ queryKey: DRAFTS, queryFn: () => api.get<ListDraftsReply>('/drafts') })

export const useDraft = (id: string) =>
  useQuery({
    queryKey: [...DRAFTS, id],
    queryFn: () => api.get<DraftReply>(`/drafts/${id}`),
    // What is typed here would be lost behind an answer that comes in between.
    refetchOnWindowFocus: false,
  })

export const useWriteDraft = () =>
  useChange([DRAFTS], (body: { accountIds: string[]; text: string }) =>
    api.begin<DraftReply>('/drafts', body),
  )

interface DraftTranscript {
  accountIds: string[]
  from?: number
  to?: number
}

export const useDraftTranscript = (transcriptionId: string) =>
  useChange([DRAFTS], (body: DraftTranscript) =>
    api.begin<DraftReply>(`/transcriptions/${transcriptionId}/drafts`, body),
  )

export interface DraftChange {
  thread?: string[]
  accountIds?: string[]
}

export const changeDraft = (id: string, change: DraftChange): Promise<DraftReply> =>
  api.patch<DraftReply>(`/drafts/${id}`, change)

export const useRemoveDraft = () => useChange([DRAFTS], (id: string) => api.delete<void>(`/drafts/${id}`))

export const usePublish = (id: string) =>
  useChange([DRAFTS, POSTS], (body: { scheduledTime?: string }) =>
    api.begin<PostReply>(`/drafts/${id}/publish`, body),
  )

/** @param from and `to`: of the month that is shown */
export const usePosts = ({ from, to }: { from: Date; to: Date }) =>
  useInfiniteQuery({
    queryKey: [...POSTS, from.getTime()],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString(), limit: '100' })
      if (pageParam !== null) query.set('cursor', pageParam)
      return api.get<ListPostsReply>(`/posts?${query}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? WATCH_MS : false,
  })

/** Its time has come, and it has not ended. */
const isUnderWay = ({ state, scheduledTime }: PostReply): boolean =>
  state === 'pending' && Date.parse(scheduledTime) < Date.now() + WATCH_MS

export const useCancelPost = (id: string) => useChange([POSTS], () => api.delete<void>(`/posts/${id}`))

export const useRetryPost = (id: string) =>
  useChange([POSTS], () => api.post<PostReply>(`/posts/${id}/retry`))

export const useAttempts = (id: string) =>
  useQuery({
    queryKey: [...POSTS, id, 'attempts'],
    queryFn: () => api.get<ListAttemptsReply>(`/posts/${id}/attempts`),
  })

/** A draft as the server has it now. */
export function noteDraft(cache: QueryClient, draft: DraftReply): void {
  cache.setQueryData([...DRAFTS, draft.id], draft)
  void cache.invalidateQueries({ queryKey: DRAFTS, exact: true })
}
