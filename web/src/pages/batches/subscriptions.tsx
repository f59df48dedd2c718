import { Button, EmptyState, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Rows } from '../parts/rows.tsx'
import { useSubscriptions } from './data.ts'
import { OneSubscription } from './one-subscription.tsx'
import { Subscribe } from './subscribe.tsx'

/** All lists that are looked at, the newest first. */
export function Subscriptions() {
  const t = useTranslations('batches')
  const subscriptions = useSubscriptions()
  const [adding, setAdding] = useState(false)
  const close = () => setAdding(false)
  const items = subscriptions.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" size="sm" maw={560}>
          {t('subscriptions.says')}
        </Text>
        <Button onClick={() => setAdding(true)}>{t('subscriptions.add')}</Button>
      </Group>
      <Loaded query={subscriptions} failed={t('failed.subscriptions')}>
        {() =>
          items.length === 0 ? (
            <EmptyState title={t('subscriptions.none.title')} description={t('subscriptions.none.text')} />
          ) : (
            <Rows label={t('subscriptions.label')}>
              {items.map((subscription) => (
                <OneSubscription key={subscription.id} subscription={subscription} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <More query={subscriptions} />
      <Modal opened={adding} onClose={close} title={t('subscriptions.form.title')} size="xl">
        <Subscribe onDone={close} onCancel={close} />
      </Modal>
    </Stack>
  )
}
