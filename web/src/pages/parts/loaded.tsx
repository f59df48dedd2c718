import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T, Error>, 'data' | 'error' | 'isFetching' | 'refetch'>
  /** Says that it could not be loaded: “We could not load your keys”. */
  failed: string
  children(data: T): ReactNode
}

/** The data, or why it is not there yet. What was loaded once stays when a later look fails. */
export function Loaded<T>({ query, failed, children }: LoadedProps<T>) {
  const t = useTranslations('parts')
  const { data, error, isFetching, refetch } = query
  if (data !== undefined) return <>{children(data)}</>
  if (!error) return <Waiting />
  return (
    <Alert color="red" title={failed} role="alert">
      <Stack gap="sm" align="start">
        <Text size="sm">{error.message}</Text>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('tryAgain')}
        </Button>
      </Stack>
    </Alert>
  )
}

const Waiting = () => {
  const t = useTranslations('parts')
  return (
    <Stack gap="xs" role="status" aria-label={t('loading')}>
      <Skeleton h={64} />
      <Skeleton h={64} />
    </Stack>
  )
}
