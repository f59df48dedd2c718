import { Badge, Button, Collapse, Group, Paper, Stack, Switch, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { WebhookReply } from '../../../../src/contract/webhooks.ts'
import { Problem } from '../parts/problem.tsx'
import { When } from '../parts/when.tsx'
import { commaWords } from '../parts/words.ts'
import { useSendTest, useUpdateWebhook } from './data.ts'
import { Deliveries } from './deliveries.tsx'
import { EndpointMenu } from './endpoint-menu.tsx'
import { eventInside } from './events.ts'
import { SecretNote } from './secret-note.tsx'

/** One receiver: what it is told, whether it works, and what was sent to it. */
export function Endpoint({ endpoint }: { endpoint: WebhookReply }) {
  const t = useTranslations('webhooks')
  const [opened, setOpened] = useState(false)
  const [secret, setSecret] = useState<{ secret: string; rotated: boolean }>()
  const test = useSendTest(endpoint.id)
  const panel = useId()
  return (
    <Paper withBorder p="md" component="section" aria-label={endpoint.url}>
      <Stack gap="sm">
        <Group justify="space-between" align="start" wrap="nowrap">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {endpoint.url}
          </Text>
          <EndpointMenu endpoint={endpoint} onSecret={setSecret} />
        </Group>
        <Told endpoint={endpoint} />
        {secret && (
          <SecretNote
            title={secret.rotated ? t('secret.new') : t('secret.title')}
            secret={secret.secret}
            onClose={() => setSecret(undefined)}
          >
            {secret.rotated && t('secret.old')}
          </SecretNote>
        )}
        <Group justify="space-between">
          <Enabled endpoint={endpoint} />
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              loading={test.isPending}
              onClick={() => test.mutate(undefined, { onSuccess: () => setOpened(true) })}
            >
              {t('endpoint.test')}
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-expanded={opened}
              aria-controls={panel}
              onClick={() => setOpened(!opened)}
            >
              {opened ? t('endpoint.hide') : t('endpoint.show')}
            </Button>
          </Group>
        </Group>
        <Problem error={test.error} />
        <Collapse id={panel} expanded={opened}>
          {opened && <Deliveries endpointId={endpoint.id} />}
        </Collapse>
      </Stack>
    </Paper>
  )
}

function Told({ endpoint }: { endpoint: WebhookReply }) {
  const t = useTranslations('webhooks')
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t.rich('endpoint.told', {
          events: commaWords(endpoint.events.map(eventInside)),
          when: () => <When at={endpoint.createdAt} />,
        })}
      </Text>
      {!endpoint.enabled && (
        <Group gap="xs">
          <Badge color="orange" variant="light">
            {t('endpoint.off')}
          </Badge>
          <Text size="sm">
            {endpoint.disabledReason
              ? t('endpoint.switchedOffBecause', { reason: endpoint.disabledReason })
              : t('endpoint.switchedOff')}
            {endpoint.disabledAt && (
              <>
                {', '}
                <When at={endpoint.disabledAt} />
              </>
            )}
          </Text>
        </Group>
      )}
    </Stack>
  )
}

function Enabled({ endpoint }: { endpoint: WebhookReply }) {
  const t = useTranslations('webhooks')
  const update = useUpdateWebhook(endpoint.id)
  return (
    <Switch
      label={t('endpoint.send')}
      checked={endpoint.enabled}
      disabled={update.isPending}
      error={update.error?.message}
      onChange={(event) => update.mutate({ enabled: event.currentTarget.checked })}
    />
  )
}
