import { Alert, Button, Group } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useRestore } from '../library/archive.ts'
import { Problem } from '../parts/problem.tsx'

/** @param onRestored called when it is back in the library */
export function InBin({ id, onRestored }: { id: string; onRestored(): void }) {
  const t = useTranslations('transcript')
  const restore = useRestore()
  return (
    <Alert color="orange">
      <Group gap="sm">
        {t('inBin.says')}
        <Button
          size="compact-sm"
          variant="default"
          loading={restore.isPending}
          onClick={() => restore.mutate({ ids: [id] }, { onSuccess: onRestored })}
        >
          {t('inBin.restore')}
        </Button>
      </Group>
      <Problem error={restore.error} />
    </Alert>
  )
}
