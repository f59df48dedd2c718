import { Alert, Button, Group } from '@mantine/core'
import { useRestore } from '../library/archive.ts'
import { Problem } from '../parts/problem.tsx'

/** @param onRestored called when it is back in the library */
export function InBin({ id, onRestored }: { id: string; onRestored(): void }) {
  const restore = useRestore()
  return (
    <Alert color="orange">
      <Group gap="sm">
        This transcript is in the bin.
        <Button
          size="compact-sm"
          variant="default"
          loading={restore.isPending}
          onClick={() => restore.mutate({ ids: [id] }, { onSuccess: onRestored })}
        >
          Restore
        </Button>
      </Group>
      <Problem error={restore.error} />
    </Alert>
  )
}
