import { Fieldset, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MOST_LISTED } from '../../../../src/contract/batch-limits.ts'
import { ApiError } from '../../api.ts'
import { Form } from '../parts/form.tsx'
import type { Wishes } from '../transcribe/wishes.ts'
import { usePreview, useSubscribe } from './data.ts'
import { Options } from './options.tsx'
import { type Schedule, ScheduleFields } from './schedule-fields.tsx'
import { type Asked, SubscriptionPreview } from './subscription-preview.tsx'

interface SubscribeProps {
  onDone(): void
  onCancel(): void
}

/** A new subscription: what is typed, then what it takes and costs, before it is made. */
export function Subscribe({ onDone, onCancel }: SubscribeProps) {
  const [typed, setTyped] = useState<Typed>(NOTHING)
  const [asked, setAsked] = useState<Asked>()
  if (asked) return <SubscriptionPreview {...asked} onDone={onDone} onBack={() => setAsked(undefined)} />
  return <Ask typed={typed} onChange={setTyped} onAsked={setAsked} onDone={onDone} onCancel={onCancel} />
}

interface Typed {
  url: string
  schedule: Schedule
  backlog: number | ''
  wishes: Wishes
}

const NOTHING: Typed = { url: '', schedule: { everyMinutes: 60, limit: 20 }, backlog: 0, wishes: {} }
/** How much of the list is shown where nothing of it is transcribed. */
const SAMPLE = 5

interface AskProps extends SubscribeProps {
  typed: Typed
  onChange(typed: Typed): void
  onAsked(asked: Asked): void
}

function Ask({ typed, onChange, onAsked, onDone, onCancel }: AskProps) {
  const t = useTranslations('batches')
  const preview = usePreview()
  const subscribe = useSubscribe()
  const { url, schedule, backlog, wishes } = typed
  const change = (some: Partial<Typed>) => onChange({ ...typed, ...some })
  const body = bodyOf(typed)
  const look = ({ url, backlog }: Asked['body']): void =>
    preview.mutate(
      { url, limit: backlog || SAMPLE, ...wishes },
      {
        onSuccess: (found) => body && onAsked({ body, found }),
        // A list may be empty until its first recording; one that is no list is refused here too.
        onError: (error) => body && isEmpty(error) && subscribe.mutate(body, { onSuccess: onDone }),
      },
    )
  return (
    <Form
      action={t('form.look')}
      pending={preview.isPending || subscribe.isPending}
      error={subscribe.error ?? (isEmpty(preview.error) ? null : preview.error)}
      disabled={body === undefined}
      onSubmit={() => body && look(body)}
      onCancel={onCancel}
    >
      <TextInput
        type="url"
        required
        label={t('form.url')}
        description={t('form.urlSay')}
        placeholder="https://www.youtube.com/@channel"
        value={url}
        onChange={({ currentTarget }) => change({ url: currentTarget.value })}
        data-autofocus
      />
      <ScheduleFields value={schedule} onChange={(schedule) => change({ schedule })} />
      <NumberInput
        label={t('subscriptions.form.backlog')}
        description={t('subscriptions.form.backlogSay', { most: MOST_LISTED })}
        min={0}
        max={MOST_LISTED}
        clampBehavior="strict"
        allowDecimal={false}
        value={backlog}
        onChange={(typed) => change({ backlog: typed === '' ? '' : Number(typed) })}
      />
      <Fieldset legend={t('form.options')}>
        <Options wishes={wishes} onChange={(wishes) => change({ wishes })} />
      </Fieldset>
    </Form>
  )
}

const isEmpty = (error: unknown): boolean => error instanceof ApiError && error.code === 'fetch.no_feed'

/** Undefined: something is missing. */
function bodyOf({ url, schedule, backlog, wishes }: Typed): Asked['body'] | undefined {
  const { everyMinutes, limit } = schedule
  if (url.trim() === '' || limit === '' || backlog === '') return undefined
  return { url: url.trim(), everyMinutes, limit, backlog, ...wishes }
}
