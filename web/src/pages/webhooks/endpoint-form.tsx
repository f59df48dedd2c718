import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../parts/problem.tsx'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit({ url: url.trim(), events })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
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
        <Problem error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} disabled={events.length === 0}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
