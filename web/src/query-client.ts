import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api.ts'

const SESSION = ['session']

/** The session has ended elsewhere: the router leads to the login. */
export function noticeSessionEnd(error: Error): void {
  if (!(error instanceof ApiError) || error.code !== 'session.missing') return
  if (queryClient.getQueryData(SESSION) === undefined) return
  window.dispatchEvent(new Event(SESSION_ENDED))
}

export const SESSION_ENDED = 'earshot:session-ended'

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSessionEnd }),
  mutationCache: new MutationCache({ onError: noticeSessionEnd }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What is worth another try was tried again already.
      retry: false,
    },
  },
})
