import { Alert, Button, Group, ScrollArea, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { BatchReply, CreateBatchBody, PreviewBatchReply } from '../../../../src/contract/batches.ts'
import { Problem } from '../parts/problem.tsx'
import { clock } from '../parts/words.ts'
import { useCreateBatch } from './data.ts'

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
  const { source, total, more, items, credits } = found
  const cost = (count: number) => t('cost', { credits: count })
  return (
    <Stack>
      <Text fw={600} dir="auto">
        {source?.title ?? source?.url ?? t('preview.count', { count: total })}
      </Text>
      {more && <Alert>{t('preview.more', { count: total })}</Alert>}
      <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Stack component="ol" gap={4} m={0} ps="xl" aria-label={t('preview.label')}>
          {items.map(({ url, mediaId, title, durationSeconds }, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same link may be there twice
            <Text key={k} component="li" size="sm" style={{ overflowWrap: 'anywhere' }} dir="auto">
              {title ?? url ?? mediaId}
              {durationSeconds !== null && ` · ${clock(durationSeconds)}`}
            </Text>
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {items.length < total && (
        <Text size="sm" c="dimmed">
          {t('preview.shown', { count: items.length })}
        </Text>
      )}
      <Text>
        {t(credits.unknown > 0 ? 'preview.costOpen' : 'preview.cost', {
          unknown: credits.unknown,
          credits: cost(credits.expected),
          available: cost(credits.available),
        })}
      </Text>
      {credits.least > credits.available && (
        <Alert color="red" role="alert">
          {t('preview.lack', { least: cost(credits.least), available: cost(credits.available) })}
        </Alert>
      )}
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
