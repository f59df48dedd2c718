import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MakeVideoBody, Video, VideoReply } from '../../../../../src/contract/videos.ts'
import { api } from '../../../api.ts'

const LOOK_AGAIN_MS = 1_000

const path = (id: string): string => `/transcriptions/${encodeURIComponent(id)}/video`

export const videoUrl = (id: string): string => api.url(`${path(id)}/content`)

export const isOpen = ({ state }: Video): boolean => state === 'queued' || state === 'running'

const videoQuery = (id: string) =>
  queryOptions({
    queryKey: ['transcription', id, 'video'],
    queryFn: () => api.get<VideoReply>(path(id)),
    refetchInterval: ({ state: { data } }) => (data?.video && isOpen(data.video) ? LOOK_AGAIN_MS : false),
  })

/** The latest one; while it is being made, it is looked at. */
export const useVideo = (id: string) => useQuery(videoQuery(id))

export function useMakeVideo(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: MakeVideoBody) => api.begin<VideoReply>(path(id), body),
    onSuccess: (reply) => queries.setQueryData(videoQuery(id).queryKey, reply),
  })
}

export function useRemoveVideo(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => api.delete(path(id)),
    onSuccess: () => queries.invalidateQueries(videoQuery(id)),
  })
}
