import { Alert, Badge, EmptyState, Group, Text } from '@mantine/core'
import { counted } from '../parts/counted.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import type { Worker } from './data.ts'

/** The processes that transcribe, on whatever machine, and each one's engine slots as they are now. */
export function Workers({ workers }: { workers: Worker[] }) {
  return (
    <Section title="Engines" says="A slot recognises one part of a recording at a time.">
      {workers.length === 0 ? (
        <EmptyState
          title="Nothing transcribes at the moment"
          description="What people send waits until a worker runs. Start one with “earshot worker”, or the whole server with “earshot serve”."
        />
      ) : (
        <Rows label="Workers">
          {workers.map((worker) => (
            <OneWorker key={worker.id} worker={worker} />
          ))}
        </Rows>
      )}
    </Section>
  )
}

function OneWorker({ worker }: { worker: Worker }) {
  const { engine, host, slots, running, fault, startedAt } = worker
  return (
    <Row actions={<Slots slots={slots} />}>
      <Group gap="xs">
        <Text fw={600}>{worksWith(worker)}</Text>
        {engine?.standIn && (
          <Badge color="orange" variant="light">
            stand-in
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        on {host} · {running === 0 ? 'at rest' : `${running} under way`} · started <When at={startedAt} />
      </Text>
      {engine?.standIn && (
        <Text size="sm">
          A stand-in: English only, and rough. Fetch a real model under Models, and start Earshot again.
        </Text>
      )}
      {fault && (
        <Alert color="red" role="alert">
          {fault}
        </Alert>
      )}
    </Row>
  )
}

function worksWith({ role, engine, models }: Worker): string {
  if (role === 'fetch') return 'Only fetches and decodes'
  const hears = engine?.model ?? models.map(({ model }) => model).join(', ')
  return role === 'recognise' ? `${hears}, only recognises` : hears
}

const STATES = {
  starting: { color: 'blue', label: 'starting' },
  idle: { color: 'gray', label: 'free' },
  busy: { color: 'sea', label: 'busy' },
  down: { color: 'red', label: 'down' },
} as const

function Slots({ slots }: { slots: Worker['slots'] }) {
  const restarts = slots.reduce((sum, slot) => sum + slot.restarts, 0)
  return (
    <Group gap={6}>
      {Object.entries(STATES).map(([state, { color, label }]) => {
        const count = slots.filter((slot) => slot.state === state).length
        return (
          count > 0 && (
            <Badge key={state} color={color} variant={state === 'busy' ? 'filled' : 'light'}>
              {count} {label}
            </Badge>
          )
        )
      })}
      {restarts > 0 && (
        <Text size="xs" c="dimmed">
          {counted(restarts, 'restart')}
        </Text>
      )}
    </Group>
  )
}
