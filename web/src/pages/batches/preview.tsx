import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { BatchReply, CreateBatchBody, PreviewBatchReply } from '../../../../src/contract/batches.ts'
import { Problem } from '../parts/problem.tsx'
import { useCreateBatch } from './data.ts'
import { FoundCost, FoundItems } from './found-items.tsx'

interface PreviewProps {
  body: CreateBatchBody
  found: PreviewBatchReply
  onCreated(batch: BatchReply): void
  onBack(): void
}

/** What a batch has in it, and what it costs. */
export function Preview({ body, found, onCreated, onBack }: PreviewProps) {
  const t = useTranslations('batches')
  const create = useCreateBatch()
  const { source, total, more, credits } = found
  return (
    <Stack>
      <Text fw={600} dir="auto">
        {source?.title ?? source?.url ?? t('preview.count', { count: total })}
      </Text>
      {more && <Alert>{t('preview.more', { count: total })}</Alert>}
      <FoundItems found={found} />
      <FoundCost found={found} />
      <Problem error={create.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('preview.back')}
        </Button>
        <Button
          loading={create.isPending}
          disabled={credits.least > credits.available}
          onClick={() => create.mutate(body, { onSuccess: onCreated })}
        >
          {t('preview.start', { count: total })}
        </Button>
      </Group>
    </Stack>
  )
}
