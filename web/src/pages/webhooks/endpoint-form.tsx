import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Form } from '../parts/form.tsx'
import { EVENTS, type EventType } from './events.ts'

interface EndpointFormProps {
  initial?: { url: string; events: EventType[] }
  action: string
  pending: boolean
  error: Error | null
  onSubmit(endpoint: { url: string; events: EventType[] }): void
  onCancel(): void
}

const ALL = Object.keys(EVENTS) as EventType[]

export function EndpointForm({ initial, action, pending, error, onSubmit, onCancel }: EndpointFormProps) {
  const [url, setUrl] = useState(initial?.url ?? '')
  const [events, setEvents] = useState<EventType[]>(initial?.events ?? ALL)
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
        label="Address"
        description="Where your server listens: https, reachable from the internet."
        placeholder="https://example.com/hooks/earshot"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group
        label="Tell it when"
        value={events}
        onChange={(chosen) => setEvents(chosen as EventType[])}
        error={events.length === 0 && 'Choose at least one.'}
      >
        <Stack gap="xs" mt="xs">
          {ALL.map((type) => (
            <Checkbox key={type} value={type} label={EVENTS[type]} description={type} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Form>
  )
}
