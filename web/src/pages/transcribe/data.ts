import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type {
  CapabilitiesReply,
  CreateTranscriptionBody,
  DeleteTranscriptionReply,
  ListTranscriptionsReply,
  TranscriptionReply,
  TranscriptionSummary,
} from '../../../../src/contract/native.ts'
import { api } from '../../api.ts'
import { queryClient } from '../../query-client.ts'

/** Everything that lists transcriptions; invalid as soon as one begins or ends. */
export const TRANSCRIPTIONS = ['transcriptions']

const BUSY_MS = 2_000
/** Other programs of the account begin transcriptions as well. */
const IDLE_MS = 15_000
const RECENT = 10

export const capabilitiesQuery = queryOptions({
  queryKey: ['capabilities'],
  queryFn: () => api.get<CapabilitiesReply>('/capabilities'),
  // With what is ahead of an order.
  staleTime: 10_000,
  refetchInterval: 30_000,
})

const listed = async (query: string): Promise<TranscriptionSummary[]> =>
  (await api.get<ListTranscriptionsReply>(`/transcriptions?${query}`)).items

/** What is under way: at work first, then as it waits. At most 200. */
export const useUnderWay = () =>
  useQuery({
    queryKey: [...TRANSCRIPTIONS, 'under way'],
    queryFn: async () => {
      const [running, queued] = await Promise.all([
        listed('state=running&limit=100'),
        listed('state=queued&limit=100'),
      ])
      // One that began between the two questions is in both answers.
      const known = new Set(running.map(({ id }) => id))
      return [...running.reverse(), ...queued.reverse().filter(({ id }) => !known.has(id))]
    },
    refetchInterval: ({ state }) => (state.data?.length ? BUSY_MS : IDLE_MS),
  })

const RECENTLY = [...TRANSCRIPTIONS, 'recent']

/** Looks for the newest that have ended as soon as something is no longer under way. */
export function useMovingOn(underWay: readonly TranscriptionSummary[]): void {
  const queries = useQueryClient()
  const before = useRef<readonly TranscriptionSummary[]>([])
  useEffect(() => {
    const now = new Set(underWay.map(({ id }) => id))
    if (before.current.some(({ id }) => !now.has(id)))
      for (const queryKey of [RECENTLY, ['credits']]) void queries.invalidateQueries({ queryKey })
    before.current = underWay
  }, [underWay, queries])
}

/** The newest that have ended. */
export const useRecent = () =>
  useQuery({
    queryKey: RECENTLY,
    queryFn: async () =>
      (await listed(`limit=${RECENT}`)).filter(({ state }) => state !== 'queued' && state !== 'running'),
    refetchInterval: IDLE_MS,
  })

/** Something began or ended: lists and credits are not as they were. */
export const renewTranscriptions = async (): Promise<void> => {
  await Promise.all(
    [TRANSCRIPTIONS, ['credits']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  )
}

export const createTranscription = (body: CreateTranscriptionBody): Promise<TranscriptionReply> =>
  api.begin<TranscriptionReply>('/transcriptions', body)

/** Whether there is one of that file since then. @param since ISO 8601 */
export const isTranscribed = async (mediaId: string, since: string): Promise<boolean> =>
  (await listed(new URLSearchParams({ mediaId, createdAfter: since, limit: '1' }).toString())).length > 0

/** Ends what is under way, and removes what has ended. */
export function useRemove() {
  return useMutation({
    mutationFn: (id: string) => api.delete<DeleteTranscriptionReply>(`/transcriptions/${id}`),
    onSettled: renewTranscriptions,
  })
}

/** The same once more, as after a failure. */
export function useAgain() {
  return useMutation({
    mutationFn: ({ source, language, model, mode, task, diarize, title }: TranscriptionSummary) =>
      createTranscription({
        ...(source.kind === 'media' ? { mediaId: source.mediaId } : { url: source.url, mode }),
        ...(language && { language }),
        ...(model && { model }),
        ...(title && { title }),
        task,
        diarize,
      }),
    onSettled: renewTranscriptions,
  })
}
