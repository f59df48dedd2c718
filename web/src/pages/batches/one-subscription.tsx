import { Alert, Badge, Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionReply } from '../../../../src/contract/subscriptions.ts'
import { Confirm } from '../parts/confirm.tsx'
import { ErrorWords } from '../parts/error-words.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { BatchLink } from './batch-link.tsx'
import { useChangeSubscription, useLook, useUnsubscribe } from './data.ts'
import { Entries } from './entries.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { everyWords, subscriptionName } from './words.ts'

export function OneSubscription({ subscription }: { subscription: SubscriptionReply }) {
  const t = useTranslations('batches.subscriptions')
  const { state, failures, lastLook, blocked } = subscription
  const name = subscriptionName(subscription)
  return (
    <Row actions={<Actions subscription={subscription} />}>
      <Group gap="xs">
        <Text fw={600} dir="auto">
          {name}
        </Text>
        {state === 'paused' && (
          <Badge color="gray" variant="light">
            {t('paused')}
          </Badge>
        )}
      </Group>
      <Facts subscription={subscription} />
      {failures > 0 && lastLook?.error && (
        <Alert color="red" title={t('failed')}>
          <ErrorWords error={lastLook.error} />
        </Alert>
      )}
      {blocked && (
        <Alert color="orange" title={t('blocked')}>
          <ErrorWords error={blocked} />
        </Alert>
      )}
    </Row>
  )
}

function Facts({ subscription }: { subscription: SubscriptionReply }) {
  const all = useTranslations('batches')
  const t = useTranslations('batches.subscriptions')
  const { url, everyMinutes, limit, lastLook, nextLookAt, waiting, lastBatchId } = subscription
  return (
    <>
      <Text size="sm" c="dimmed">
        {url}
      </Text>
      <Text size="sm" c="dimmed">
        {everyWords(all, everyMinutes)} · {t('limit', { count: limit })}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        {lastLook && t.rich('looked', { found: lastLook.found, when: () => <When at={lastLook.at} /> })}{' '}
        {nextLookAt !== null && t.rich('next', { when: () => <When at={nextLookAt} /> })}{' '}
        {waiting > 0 && t('waiting', { count: waiting })}
      </Text>
      {lastBatchId !== null && (
        <BatchLink id={lastBatchId} size="sm">
          {t('latest')}
        </BatchLink>
      )}
    </>
  )
}

function Actions({ subscription }: { subscription: SubscriptionReply }) {
  const t = useTranslations('batches.subscriptions')
  const parts = useTranslations('parts')
  const { id, state } = subscription
  const look = useLook(id)
  const change = useChangeSubscription(id)
  const remove = useUnsubscribe(id)
  const [opened, setOpened] = useState<'entries' | 'change' | 'remove'>()
  const close = () => setOpened(undefined)
  const name = subscriptionName(subscription)
  const isPaused = state === 'paused'
  const named = (action: string) => ({
    size: 'xs' as const,
    variant: 'default',
    'aria-label': parts('named', { action, name }),
    children: action,
  })
  return (
    <>
      <Button {...named(t('entries.open'))} onClick={() => setOpened('entries')} />
      <Button
        {...named(t('look'))}
        loading={look.isPending}
        disabled={isPaused}
        onClick={() => look.mutate(undefined)}
      />
      <Button
        {...named(t(isPaused ? 'resume' : 'pause'))}
        loading={change.isPending}
        onClick={() => change.mutate({ paused: !isPaused })}
      />
      <Button {...named(t('change'))} onClick={() => setOpened('change')} />
      <Button {...named(t('remove'))} onClick={() => setOpened('remove')} />
      <Problem error={look.error ?? change.error} />
      <Modal opened={opened === 'entries'} onClose={close} title={t('entries.title', { name })} size="xl">
        <Entries id={id} />
      </Modal>
      <Modal opened={opened === 'change'} onClose={close} title={t('form.changing')}>
        <ScheduleForm subscription={subscription} onDone={close} />
      </Modal>
      <Confirm
        opened={opened === 'remove'}
        title={t('removal.title')}
        action={t('removal.action')}
        run={() => remove.mutateAsync(undefined)}
        onClose={close}
      >
        {t('removal.text')}
      </Confirm>
    </>
  )
}
