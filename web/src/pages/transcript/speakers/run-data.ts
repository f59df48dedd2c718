import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SpeakerRun, SpeakersReply, TellSpeakersBody } from '../../../../../src/contract/speakers.ts'
import { api } from '../../../api.ts'

const LOOK_AGAIN_MS = 1_000

const path = (id: string): string => `/transcriptions/${encodeURIComponent(id)}/speakers`

export const isOpen = ({ state }: SpeakerRun): boolean => state === 'queued' || state === 'running'

const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['transcription', id, 'speakers'],
    queryFn: async () => (await api.get<SpeakersReply>(path(id))).run,
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? LOOK_AGAIN_MS : false),
  })

/** The latest one; while it is under way, it is looked at. */
export const useSpeakerRun = (id: string): SpeakerRun | null => useQuery(runQuery(id)).data ?? null

export function useTellSpeakers(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TellSpeakersBody) => api.begin<SpeakersReply>(path(id), body),
    onSuccess: ({ run }) => queries.setQueryData(runQuery(id).queryKey, run),
  })
}
