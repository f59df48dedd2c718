import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DeliveryReply } from '../../../../src/contract/webhooks.ts'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { useDeliveries, useReplay } from './data.ts'
import { outcome } from './outcome.ts'

export function Deliveries({ endpointId }: { endpointId: string }) {
  const t = useTranslations('webhooks')
  const deliveries = useDeliveries(endpointId)
  return (
    <Loaded query={deliveries} failed={t('deliveries.failed')}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items)
        if (items.length === 0)
          return (
            <Text size="sm" c="dimmed">
              {t('deliveries.none')}
            </Text>
          )
        return (
          <Stack gap="xs">
            <Stack
              component="ul"
              gap={0}
              p={0}
              m={0}
              style={{ listStyle: 'none' }}
              aria-label={t('deliveries.list')}
            >
              {items.map((delivery) => (
                <Delivery key={delivery.id} endpointId={endpointId} delivery={delivery} />
              ))}
            </Stack>
            <More query={deliveries} label={t('deliveries.older')} size="xs" />
          </Stack>
        )
      }}
    </Loaded>
  )
}

const COLORS = { pending: 'blue', succeeded: 'green', failed: 'red' } as const

function Delivery({ endpointId, delivery }: { endpointId: string; delivery: DeliveryReply }) {
  const t = useTranslations('webhooks')
  const [opened, setOpened] = useState(false)
  const replay = useReplay(endpointId)
  return (
    <Stack
      component="li"
      gap="xs"
      py="xs"
      style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}
    >
      <Group justify="space-between" gap="xs">
        <Stack gap={2} miw={0}>
          <Group gap="xs">
            <Badge color={COLORS[delivery.state]} variant="light">
              {t(`deliveries.states.${delivery.state}`)}
            </Badge>
            <Text size="sm" ff="monospace">
              {delivery.eventType}
            </Text>
            <Text size="sm" c="dimmed">
              <When at={delivery.createdAt} />
            </Text>
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {outcome(delivery)}
            {delivery.nextAttemptAt && delivery.attempts > 0 && (
              <> {t.rich('deliveries.nextTry', { when: () => <When at={delivery.nextAttemptAt ?? 0} /> })}</>
            )}
          </Text>
        </Stack>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {opened ? t('deliveries.hidePayload') : t('deliveries.payload')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={replay.isPending}
            onClick={() => replay.mutate(delivery.id)}
          >
            {t('deliveries.again')}
          </Button>
        </Group>
      </Group>
      <Problem error={replay.error} />
      {opened && (
        <Code block tabIndex={0} aria-label={t('deliveries.payload')}>
          {delivery.payload}
        </Code>
      )}
    </Stack>
  )
}
