import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T, Error>, 'data' | 'error' | 'isFetching' | 'refetch'>
  /** What could not be loaded, for the message: “your keys”. */
  what: string
  children(data: T): ReactNode
}

/** The data, or why it is not there yet. What was loaded once stays when a later look fails. */
export function Loaded<T>({ query, what, children }: LoadedProps<T>) {
  const { data, error, isFetching, refetch } = query
  if (data !== undefined) return <>{children(data)}</>
  if (!error) return <Waiting />
  return (
    <Alert color="red" title={`We could not load ${what}`} role="alert">
      <Stack gap="sm" align="start">
        <Text size="sm">{error.message}</Text>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      </Stack>
    </Alert>
  )
}

const Waiting = () => (
  <Stack gap="xs" role="status" aria-label="Loading">
    <Skeleton h={64} />
    <Skeleton h={64} />
  </Stack>
)
