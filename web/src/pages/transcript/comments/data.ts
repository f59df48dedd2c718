import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ChangeCommentBody,
  Comment,
  CreateCommentBody,
  ListCommentsReply,
  ReplyToCommentBody,
} from '../../../../../src/contract/comments.ts'
import { api } from '../../../api.ts'

/** How often others’ comments are looked for while the page is in sight. */
const LOOK_MS = 10_000

const path = (id: string, more = ''): string => `/transcriptions/${encodeURIComponent(id)}/comments${more}`
const keyOf = (id: string) => ['transcription', id, 'comments']

/** In the order of the recording. */
export const useCommentList = (id: string) =>
  useQuery({
    queryKey: keyOf(id),
    queryFn: async () => (await api.get<ListCommentsReply>(path(id))).items,
    refetchInterval: LOOK_MS,
    refetchOnWindowFocus: 'always',
  })

/** @param to the comment that is replied to; undefined: a new one is written */
export const useWriteComment = (id: string, to?: string) =>
  useChange(id, (body: CreateCommentBody | ReplyToCommentBody) =>
    api.begin<Comment>(path(id, to === undefined ? '' : `/${to}/replies`), body),
  )

export const useChangeComment = (id: string) =>
  useChange(id, ({ commentId, ...body }: ChangeCommentBody & { commentId: string }) =>
    api.patch<Comment>(path(id, `/${commentId}`), body),
  )

export const useRemoveComment = (id: string) =>
  useChange(id, (commentId: string) => api.delete<void>(path(id, `/${commentId}`)))

/** It has ended once the list shows it. */
function useChange<Wanted, Reply>(id: string, mutationFn: (wanted: Wanted) => Promise<Reply>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(id) }),
  })
}
