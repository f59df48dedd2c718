import { Fieldset, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MOST_LISTED } from '../../../../src/contract/batch-limits.ts'
import { Form } from '../parts/form.tsx'
import type { Wishes } from '../transcribe/wishes.ts'
import { useSubscribe } from './data.ts'
import { Options } from './options.tsx'
import { type Schedule, ScheduleFields } from './schedule-fields.tsx'

const USUAL: Schedule = { everyMinutes: 60, limit: 20 }

/** A new subscription. Its list is read at once, so an address that is none is refused here. */
export function Subscribe({ onDone, onCancel }: { onDone(): void; onCancel(): void }) {
  const t = useTranslations('batches')
  const subscribe = useSubscribe()
  const [url, setUrl] = useState('')
  const [schedule, setSchedule] = useState(USUAL)
  const [backlog, setBacklog] = useState<number | ''>(0)
  const [wishes, setWishes] = useState<Wishes>({})
  const { everyMinutes, limit } = schedule
  return (
    <Form
      action={t('subscriptions.add')}
      pending={subscribe.isPending}
      error={subscribe.error}
      disabled={url.trim() === '' || limit === '' || backlog === ''}
      onSubmit={() =>
        limit !== '' &&
        backlog !== '' &&
        subscribe.mutate({ url: url.trim(), everyMinutes, limit, backlog, ...wishes }, { onSuccess: onDone })
      }
      onCancel={onCancel}
    >
      <TextInput
        type="url"
        required
        label={t('form.url')}
        description={t('form.urlSay')}
        placeholder="https://www.youtube.com/@channel"
        value={url}
        onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        data-autofocus
      />
      <ScheduleFields value={schedule} onChange={setSchedule} />
      <NumberInput
        label={t('subscriptions.form.backlog')}
        description={t('subscriptions.form.backlogSay', { most: MOST_LISTED })}
        min={0}
        max={MOST_LISTED}
        clampBehavior="strict"
        allowDecimal={false}
        value={backlog}
        onChange={(typed) => setBacklog(typed === '' ? '' : Number(typed))}
      />
      <Fieldset legend={t('form.options')}>
        <Options wishes={wishes} onChange={setWishes} />
      </Fieldset>
    </Form>
  )
}
