import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { reachable } from '../api.ts'

const TRY_MS = 3_000

/** Says that the server does not answer, for as long as that is so; then everything is looked at anew. */
export function Away() {
  const here = useSyncExternalStore(reachable.subscribe, reachable.read)
  const queries = useQueryClient()
  useEffect(() => {
    if (here) return
    const timer = setInterval(() => void reachable.look(), TRY_MS)
    return () => {
      clearInterval(timer)
      void queries.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
    }
  }, [here, queries])
  if (here) return null
  return (
    <Alert color="orange" role="status" mb="md" title="The server does not answer">
      What you see may be out of date. What you have typed in transcripts is kept in this browser. We keep
      trying.
    </Alert>
  )
}
