import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Form } from '../parts/form.tsx'
import { EVENTS, type EventType, eventWords } from './events.ts'

interface EndpointFormProps {
  initial?: { url: string; events: EventType[] }
  action: string
  pending: boolean
  error: Error | null
  onSubmit(endpoint: { url: string; events: EventType[] }): void
  onCancel(): void
}

export function EndpointForm({ initial, action, pending, error, onSubmit, onCancel }: EndpointFormProps) {
  const t = useTranslations('webhooks')
  const [url, setUrl] = useState(initial?.url ?? '')
  const [events, setEvents] = useState<EventType[]>(initial?.events ?? [...EVENTS])
  return (
    <Form
      action={action}
      pending={pending}
      error={error}
      disabled={events.length === 0}
      onSubmit={() => onSubmit({ url: url.trim(), events })}
      onCancel={onCancel}
    >
      <TextInput
        type="url"
        required
        label={t('form.address')}
        description={t('form.addressSays')}
        placeholder="https://example.com/hooks/earshot"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group
        label={t('form.events')}
        value={events}
        onChange={(chosen) => setEvents(chosen as EventType[])}
        error={events.length === 0 && t('form.atLeastOne')}
      >
        <Stack gap="xs" mt="xs">
          {EVENTS.map((type) => (
            <Checkbox key={type} value={type} label={eventWords(type)} description={type} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Form>
  )
}
