import { Alert, Badge, EmptyState, Group, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { translator } from '../../i18n/catalogue.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import type { Worker } from './data.ts'

/** The processes that transcribe, on whatever machine, and each one's engine slots as they are now. */
export function Workers({ workers }: { workers: Worker[] }) {
  const t = useTranslations('operator')
  return (
    <Section title={t('workers.title')} says={t('workers.says')}>
      {workers.length === 0 ? (
        <EmptyState title={t('workers.none')} description={t('workers.noneSays')} />
      ) : (
        <Rows label={t('workers.list')}>
          {workers.map((worker) => (
            <OneWorker key={worker.id} worker={worker} />
          ))}
        </Rows>
      )}
    </Section>
  )
}

function OneWorker({ worker }: { worker: Worker }) {
  const t = useTranslations('operator')
  const { engine, host, slots, running, fault, startedAt } = worker
  return (
    <Row actions={<Slots slots={slots} />}>
      <Group gap="xs">
        <Text fw={600}>{worksWith(worker)}</Text>
        {engine?.standIn && (
          <Badge color="orange" variant="light">
            {t('workers.standIn')}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t.rich(running === 0 ? 'workers.rest' : 'workers.running', {
          host,
          count: running,
          when: () => <When at={startedAt} />,
        })}
      </Text>
      {engine?.standIn && <Text size="sm">{t('workers.standInSays')}</Text>}
      {fault && (
        <Alert color="red" role="alert">
          {fault}
        </Alert>
      )}
    </Row>
  )
}

function worksWith({ role, engine, models }: Worker): string {
  const t = translator('operator')
  if (role === 'fetch') return t('workers.onlyFetches')
  const hears = engine?.model ?? models.map(({ model }) => model).join(', ')
  return role === 'recognise' ? t('workers.onlyRecognises', { models: hears }) : hears
}

const STATES = [
  ['starting', 'blue'],
  ['idle', 'gray'],
  ['busy', 'sea'],
  ['down', 'red'],
] as const

function Slots({ slots }: { slots: Worker['slots'] }) {
  const t = useTranslations('operator')
  const restarts = slots.reduce((sum, slot) => sum + slot.restarts, 0)
  return (
    <Group gap={6}>
      {STATES.map(([state, color]) => {
        const count = slots.filter((slot) => slot.state === state).length
        return (
          count > 0 && (
            <Badge key={state} color={color} variant={state === 'busy' ? 'filled' : 'light'}>
              {t(`workers.states.${state}`, { count })}
            </Badge>
          )
        )
      })}
      {restarts > 0 && (
        <Text size="xs" c="dimmed">
          {t('workers.restarts', { count: restarts })}
        </Text>
      )}
    </Group>
  )
}
