import { Alert, ScrollArea, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { PreviewBatchReply } from '../../../../src/contract/batches.ts'
import { clock } from '../parts/words.ts'

/** What is in a list, or was pasted. */
export function FoundItems({ found: { items, total } }: { found: PreviewBatchReply }) {
  const t = useTranslations('batches')
  return (
    <>
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
    </>
  )
}

/** What that costs, and whether there is enough. */
export function FoundCost({ found: { credits } }: { found: PreviewBatchReply }) {
  const t = useTranslations('batches')
  const cost = (count: number) => t('cost', { credits: count })
  return (
    <>
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
    </>
  )
}
