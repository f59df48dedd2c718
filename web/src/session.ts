import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SessionReply } from '../../src/contract/session.ts'
import { api } from './api.ts'

/** Who is logged in on this browser. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => api.get<SessionReply>('/session'),
  staleTime: 5 * 60_000,
})

/** On pages behind the login: the router has loaded it before they show. */
export const useSession = (): SessionReply => useSuspenseQuery(sessionQuery).data

export function useLogOut() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: { everywhere: boolean }) => api.post<void>('/logout', body),
    onSuccess: async () => {
      // First away from the pages that would ask again, then nothing of this person is left in memory.
      await navigate({ to: '/login' })
      queries.clear()
    },
  })
}
