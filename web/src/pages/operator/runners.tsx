import { Alert, Badge, Button, EmptyState, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { translator } from '../../i18n/catalogue.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { type Runner, useRevokeRunner, useRunners } from './data.ts'
import { NewRunner } from './new-runner.tsx'

/** Machines elsewhere that transcribe parts for this server. */
export function Runners() {
  const t = useTranslations('operator')
  const runners = useRunners()
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Runner>()
  const revoke = useRevokeRunner()
  return (
    <Section
      title={t('runners.title')}
      says={t('runners.says')}
      aside={
        <Button size="xs" variant="default" onClick={() => setMaking(true)}>
          {t('newRunner.title')}
        </Button>
      }
    >
      <Loaded query={runners} failed={t('runners.failed')}>
        {({ runners: all }) =>
          all.length === 0 ? (
            <EmptyState title={t('runners.none')} description={t('runners.noneSays')} />
          ) : (
            <Rows label={t('runners.title')}>
              {all.map((runner) => (
                <OneRunner key={runner.id} runner={runner} onRevoke={() => setRevoking(runner)} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <NewRunner opened={making} onClose={() => setMaking(false)} />
      <Confirm
        opened={revoking !== undefined}
        title={t('runners.revokeAsk', { name: revoking?.name ?? '' })}
        action={t('runners.revokeDo')}
        run={() => revoke.mutateAsync(revoking?.id ?? '')}
        onClose={() => setRevoking(undefined)}
      >
        {t('runners.revokeSays')}
      </Confirm>
    </Section>
  )
}

function OneRunner({ runner, onRevoke }: { runner: Runner; onRevoke(): void }) {
  const t = useTranslations('operator')
  const { name, says, lives, seenAt, fault } = runner
  return (
    <Row
      actions={
        <Button size="xs" variant="default" onClick={onRevoke} aria-label={t('runners.revokeOf', { name })}>
          {t('runners.revoke')}
        </Button>
      }
    >
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <Badge color={lives ? 'sea' : 'gray'} variant="light">
          {lives ? t('runners.connected') : t('runners.away')}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {seenAt === null ? t('runners.never') : t.rich('runners.seen', { when: () => <When at={seenAt} /> })}
        {says && ` · ${t('runners.machine', { ...says, models: says.models.join(', ') })}`}
      </Text>
      <Text size="sm" c="dimmed">
        {work(runner)}
        {(runner.models || runner.accounts) && ` · ${limits(runner)}`}
      </Text>
      {fault && (
        <Alert color="red" role="alert">
          {t('runners.refused', { fault })}
        </Alert>
      )}
    </Row>
  )
}

function work({ parts, heardSeconds, says }: Runner): string {
  const t = translator('operator')
  if (parts === 0) return t('runners.nothing')
  const done = { parts, minutes: Math.round(heardSeconds / 60) }
  return says?.speed ? t('runners.workSpeed', { ...done, speed: says.speed }) : t('runners.work', done)
}

/** For which it works only. */
function limits({ models, accounts }: Runner): string {
  const t = translator('operator')
  const count = accounts?.length ?? 0
  if (!models) return t('runners.onlyAccounts', { count })
  const names = models.join(', ')
  return accounts
    ? t('runners.onlyBoth', { models: names, count })
    : t('runners.onlyModels', { models: names })
}
