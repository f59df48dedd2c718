import { Alert } from '@mantine/core'

/** Why what was asked for did not happen; nothing while there is no error. */
export function Problem({ error }: { error: Error | null }) {
  return (
    error && (
      <Alert color="red" role="alert">
        {error.message}
      </Alert>
    )
  )
}
