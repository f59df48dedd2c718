import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { DeliveryReply } from '../../../../src/contract/native.ts'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { useDeliveries, useReplay } from './data.ts'
import { outcome } from './outcome.ts'

export function Deliveries({ endpointId }: { endpointId: string }) {
  const deliveries = useDeliveries(endpointId)
  return (
    <Loaded query={deliveries} failed="We could not load the deliveries">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items)
        if (items.length === 0)
          return (
            <Text size="sm" c="dimmed">
              Nothing was sent yet. Send a test event to see whether your server answers.
            </Text>
          )
        return (
          <Stack gap="xs">
            <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: 'none' }} aria-label="Deliveries">
              {items.map((delivery) => (
                <Delivery key={delivery.id} endpointId={endpointId} delivery={delivery} />
              ))}
            </Stack>
            <More query={deliveries} label="Show older ones" size="xs" />
          </Stack>
        )
      }}
    </Loaded>
  )
}

const COLORS = { pending: 'blue', succeeded: 'green', failed: 'red' } as const

function Delivery({ endpointId, delivery }: { endpointId: string; delivery: DeliveryReply }) {
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
              {delivery.state}
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
              <>
                {' Next try '}
                <When at={delivery.nextAttemptAt} />.
              </>
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
            {opened ? 'Hide payload' : 'Payload'}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={replay.isPending}
            onClick={() => replay.mutate(delivery.id)}
          >
            Send again
          </Button>
        </Group>
      </Group>
      <Problem error={replay.error} />
      {opened && (
        <Code block tabIndex={0} aria-label="Payload">
          {delivery.payload}
        </Code>
      )}
    </Stack>
  )
}
