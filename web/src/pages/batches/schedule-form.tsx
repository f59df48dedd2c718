import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SubscriptionReply } from '../../../../src/contract/subscriptions.ts'
import { Form } from '../parts/form.tsx'
import { useChangeSubscription } from './data.ts'
import { type Schedule, ScheduleFields } from './schedule-fields.tsx'

/** Name and schedule of a subscription that is there. */
export function ScheduleForm({ subscription, onDone }: { subscription: SubscriptionReply; onDone(): void }) {
  const t = useTranslations('batches')
  const change = useChangeSubscription(subscription.id)
  const [name, setName] = useState(subscription.name ?? '')
  const [schedule, setSchedule] = useState<Schedule>(subscription)
  const { everyMinutes, limit } = schedule
  return (
    <Form
      action={t('subscriptions.form.save')}
      pending={change.isPending}
      error={change.error}
      disabled={limit === ''}
      onSubmit={() =>
        limit !== '' &&
        change.mutate({ name: name.trim() || null, everyMinutes, limit }, { onSuccess: onDone })
      }
      onCancel={onDone}
    >
      <TextInput
        label={t('form.name')}
        description={t('form.nameSay')}
        maxLength={300}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <ScheduleFields value={schedule} onChange={setSchedule} />
    </Form>
  )
}
