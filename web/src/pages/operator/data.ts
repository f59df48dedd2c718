import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  grantBody,
  NewAccountReply,
  NewRunnerReply,
  newAccountBody,
  newRunnerBody,
  OperatorAccounts,
  OperatorDownloader,
  OperatorHealth,
  OperatorInviteReply,
  OperatorModels,
  OperatorOverview,
  OperatorRunners,
  operatorInviteBody,
} from '../../../../src/contract/operator.ts'
import { api } from '../../api.ts'

export type Model = OperatorModels['models'][number]
export type Account = OperatorAccounts['accounts'][number]
export type Worker = OperatorOverview['workers'][number]
export type Runner = OperatorRunners['runners'][number]

const OVERVIEW = ['operator', 'overview']
const HEALTH = ['operator', 'health']
const MODELS = ['operator', 'models']
const ACCOUNTS = ['operator', 'accounts']
const RUNNERS = ['operator', 'runners']
/** People watch a queue shrink, and a download grow. */
const WATCH_MS = 2000

export const useOverview = () =>
  useQuery({
    queryKey: OVERVIEW,
    queryFn: () => api.get<OperatorOverview>('/operator/overview'),
    refetchInterval: WATCH_MS,
  })

/** Runs programs on the server: asked for once, and again when somebody wants to know. */
export const useHealth = () =>
  useQuery({
    queryKey: HEALTH,
    queryFn: () => api.get<OperatorHealth>('/operator/health'),
    staleTime: 60_000,
  })

export const useModels = () =>
  useQuery({
    queryKey: MODELS,
    queryFn: () => api.get<OperatorModels>('/operator/models'),
    refetchInterval: ({ state }) => (state.data?.models.some(({ pull }) => pull) ? WATCH_MS / 2 : false),
  })

export const useRunners = () =>
  useQuery({
    queryKey: RUNNERS,
    queryFn: () => api.get<OperatorRunners>('/operator/runners'),
    refetchInterval: 5 * WATCH_MS,
  })

export const useAccounts = (q: string) =>
  useInfiniteQuery({
    queryKey: [...ACCOUNTS, q],
    queryFn: ({ pageParam }) =>
      api.get<OperatorAccounts>(
        `/operator/accounts?${new URLSearchParams({ ...(q && { q }), ...(pageParam !== null && { after: pageParam }) })}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })

function useChange<Input, Output>(keys: string[][], mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => Promise.all(keys.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  })
}

const model = (name: string): string => `/operator/models/${encodeURIComponent(name)}`
const account = (id: string): string => `/operator/accounts/${encodeURIComponent(id)}`

export const usePull = (name: string) => useChange([MODELS], () => api.post<void>(`${model(name)}/pull`))
export const useStopPull = (name: string) =>
  useChange([MODELS], () => api.delete<void>(`${model(name)}/pull`))
export const useMakeDefault = (name: string) =>
  useChange([MODELS], () => api.put<void>(`${model(name)}/default`))
export const useRemoveModel = (name: string) => useChange([MODELS], () => api.delete<void>(model(name)))

export const useRenewDownloader = () =>
  useChange([HEALTH], () => api.post<OperatorDownloader>('/operator/downloader/update'))

export const useNewRunner = () =>
  useChange([RUNNERS], (body: z.input<typeof newRunnerBody>) =>
    api.post<NewRunnerReply>('/operator/runners', body),
  )
export const useRevokeRunner = () =>
  useChange([RUNNERS], (id: string) => api.delete<void>(`/operator/runners/${encodeURIComponent(id)}`))

export const useNewAccount = () =>
  useChange([ACCOUNTS, OVERVIEW], (body: z.input<typeof newAccountBody>) =>
    api.post<NewAccountReply>('/operator/accounts', body),
  )

export const useGrant = (id: string) =>
  useChange([ACCOUNTS], (body: z.input<typeof grantBody>) => api.post<void>(`${account(id)}/grants`, body))

export const useInviteTo = () =>
  useMutation({
    mutationFn: ({ id, ...body }: { id: string } & z.input<typeof operatorInviteBody>) =>
      api.post<OperatorInviteReply>(`${account(id)}/invitations`, body),
  })
