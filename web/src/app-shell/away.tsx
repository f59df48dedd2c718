import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { reachable } from '../api.ts'

const TRY_MS = 3_000

/** Says that the server does not answer, for as long as that is so; then everything is looked at anew. */
export function Away() {
  const t = useTranslations('shell')
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
    <Alert color="orange" role="status" mb="md" title={t('away.title')}>
      {t('away.text')}
    </Alert>
  )
}
