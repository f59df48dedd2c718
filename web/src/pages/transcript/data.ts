import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { EditTranscriptionBody } from '../../../../src/contract/edits.ts'
import type { MediaItem, TranscriptionReply } from '../../../../src/contract/native.ts'
import type { CreateShareReply, createShareBody, ListSharesReply } from '../../../../src/contract/shares.ts'
import { api } from '../../api.ts'

const LOOK_AGAIN_MS = 2_000

const path = (id: string): string => `/transcriptions/${encodeURIComponent(id)}`

export const changesPath = (id: string): string => `${path(id)}/changes`

export const isUnderWay = (reply: TranscriptionReply | undefined): boolean =>
  reply?.state === 'queued' || reply?.state === 'running'

/** Read once: what is being edited must not change under one’s hands. Until it has ended, it is looked at. */
const transcriptionQuery = (id: string) =>
  queryOptions({
    queryKey: ['transcription', id],
    queryFn: () => api.get<TranscriptionReply>(path(id)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? LOOK_AGAIN_MS : false),
  })

export const useTranscription = (id: string) => useQuery(transcriptionQuery(id))

/** Before any edit. */
export const useOriginal = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['transcription', id, 'original'],
    queryFn: () => api.get<TranscriptionReply>(`${path(id)}?original=true`),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })

/** Saves edits or a title. The answer takes the place of what was read. */
export function useEdit(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: EditTranscriptionBody) => api.patch<TranscriptionReply>(path(id), body),
    onSuccess: (reply) => {
      queries.setQueryData(transcriptionQuery(id).queryKey, reply)
      // Lists show titles, and find by text.
      void queries.invalidateQueries({ queryKey: ['transcriptions'] })
    },
  })
}

/** The stored file; an error where it is gone. */
export const useMedia = (id: string | undefined) =>
  useQuery({
    queryKey: ['media', id],
    queryFn: () => api.get<MediaItem>(`/media/${encodeURIComponent(id ?? '')}`),
    enabled: id !== undefined,
    staleTime: 60_000,
  })

export const mediaUrl = (id: string): string => api.url(`/media/${encodeURIComponent(id)}/content`)
export const waveformOf = (id: string): Promise<Uint8Array> => api.bytes(`${path(id)}/waveform`)
export const exportUrl = (id: string, format: string): string => api.url(`${path(id)}.${format}`)

const sharesOf = (id: string) => ['transcription', id, 'shares']

export const useShares = (id: string) =>
  useQuery({ queryKey: sharesOf(id), queryFn: () => api.get<ListSharesReply>(`${path(id)}/shares`) })

export function useCreateShare(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createShareBody>) =>
      api.post<CreateShareReply>(`${path(id)}/shares`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: sharesOf(id) }),
  })
}

export function useRevokeShare(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (share: string) => api.delete<void>(`${path(id)}/shares/${share}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: sharesOf(id) }),
  })
}
