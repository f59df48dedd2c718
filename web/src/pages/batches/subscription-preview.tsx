import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { PreviewBatchReply } from '../../../../src/contract/batches.ts'
import type { CreateSubscriptionBody } from '../../../../src/contract/subscriptions.ts'
import { Problem } from '../parts/problem.tsx'
import { capabilitiesQuery } from '../transcribe/data.ts'
import { rateWords } from '../transcribe/price-words.ts'
import { useSubscribe } from './data.ts'
import { FoundCost, FoundItems } from './found-items.tsx'
import { everyWords } from './words.ts'

export interface Asked {
  body: CreateSubscriptionBody & { everyMinutes: number; limit: number; backlog: number }
  /** The backlog, or some of what is not transcribed. */
  found: PreviewBatchReply
}

interface SubscriptionPreviewProps extends Asked {
  onDone(): void
  onBack(): void
}

/** What is transcribed at once, what at each look, and what it costs, before anything is subscribed to. */
export function SubscriptionPreview({ body, found, onDone, onBack }: SubscriptionPreviewProps) {
  const all = useTranslations('batches')
  const t = useTranslations('batches.subscriptions.preview')
  const capabilities = useQuery(capabilitiesQuery)
  const subscribe = useSubscribe()
  const { url, everyMinutes, limit, backlog } = body
  return (
    <Stack>
      <Text fw={600} dir="auto">
        {found.source?.title ?? url}
      </Text>
      <Text>{backlog > 0 ? t('now', { count: found.total }) : t('none')}</Text>
      <FoundItems found={found} />
      {backlog > 0 && <FoundCost found={found} />}
      <Text>
        {t('later', { every: everyWords(all, everyMinutes), count: limit })}{' '}
        {capabilities.data && rateWords(capabilities.data.price)}
      </Text>
      <Problem error={subscribe.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {all('preview.back')}
        </Button>
        <Button loading={subscribe.isPending} onClick={() => subscribe.mutate(body, { onSuccess: onDone })}>
          {all('subscriptions.add')}
        </Button>
      </Group>
    </Stack>
  )
}
