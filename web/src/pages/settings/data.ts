import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  InviteReply,
  inviteBody,
  PeopleReply,
  passwordBody,
  roleBody,
  SessionsReply,
} from '../../../../src/contract/people.ts'
import { api } from '../../api.ts'

const PEOPLE = ['people']
const SESSIONS = ['sessions']

export const usePeople = () => useQuery({ queryKey: PEOPLE, queryFn: () => api.get<PeopleReply>('/people') })

export const useSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: () => api.get<SessionsReply>('/sessions') })

function useChange<Input, Output>(key: string[], mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: key }) })
}

export const useInvite = () =>
  useChange(PEOPLE, (body: z.input<typeof inviteBody>) => api.post<InviteReply>('/invitations', body))

export const useWithdraw = () => useChange(PEOPLE, (id: string) => api.delete<void>(`/invitations/${id}`))

export const useSetRole = (id: string) =>
  useChange(PEOPLE, (body: z.input<typeof roleBody>) => api.patch<void>(`/people/${id}`, body))

export const useRemovePerson = () => useChange(PEOPLE, (id: string) => api.delete<void>(`/people/${id}`))

export const useEndSession = () => useChange(SESSIONS, (id: string) => api.delete<void>(`/sessions/${id}`))

export const useEndOtherSessions = () => useChange(SESSIONS, () => api.delete<void>('/sessions'))

export const useChangePassword = () =>
  useChange(SESSIONS, (body: z.input<typeof passwordBody>) => api.put<void>('/password', body))
