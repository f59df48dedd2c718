import { Alert, Badge, Button, EmptyState, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { counted } from '../parts/counted.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { type Runner, useRevokeRunner, useRunners } from './data.ts'
import { NewRunner } from './new-runner.tsx'

/** Machines elsewhere that transcribe parts for this server. */
export function Runners() {
  const runners = useRunners()
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Runner>()
  const revoke = useRevokeRunner()
  return (
    <Section
      title="Runners"
      says="Machines elsewhere that transcribe parts for this server over HTTPS. Each has its own token."
      aside={
        <Button size="xs" variant="default" onClick={() => setMaking(true)}>
          New runner
        </Button>
      }
    >
      <Loaded query={runners} failed="We could not load the runners">
        {({ runners: all }) =>
          all.length === 0 ? (
            <EmptyState
              title="There are no runners"
              description="A GPU at home or a Mac in the office can help: create a token, and run “earshot runner” there."
            />
          ) : (
            <Rows label="Runners">
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
        title={`Revoke the token of ${revoking?.name ?? ''}?`}
        action="Revoke token"
        run={() => revoke.mutateAsync(revoking?.id ?? '')}
        onClose={() => setRevoking(undefined)}
      >
        It gets no more parts, and the parts that it is working on go to others at once.
      </Confirm>
    </Section>
  )
}

function OneRunner({ runner, onRevoke }: { runner: Runner; onRevoke(): void }) {
  const { name, says, lives, seenAt, fault } = runner
  return (
    <Row
      actions={
        <Button size="xs" variant="default" onClick={onRevoke} aria-label={`Revoke the token of ${name}`}>
          Revoke
        </Button>
      }
    >
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <Badge color={lives ? 'sea' : 'gray'} variant="light">
          {lives ? 'connected' : 'away'}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {seenAt === null ? (
          'has never asked for work'
        ) : (
          <>
            last seen <When at={seenAt} />
          </>
        )}
        {says && ` · ${says.models.join(', ')} on ${says.host}, version ${says.version}`}
      </Text>
      <Text size="sm" c="dimmed">
        {work(runner)}
        {limits(runner)}
      </Text>
      {fault && (
        <Alert color="red" role="alert">
          Its last result was refused: {fault}.
        </Alert>
      )}
    </Row>
  )
}

function work({ parts, heardSeconds, says }: Runner): string {
  if (parts === 0) return 'has transcribed nothing yet'
  const speed = says?.speed ? `, ${says.speed.toLocaleString()} times real time` : ''
  const minutes = Math.round(heardSeconds / 60).toLocaleString()
  return `${counted(parts, 'part')}, ${minutes} min of sound${speed}`
}

function limits({ models, accounts }: Runner): string {
  const only = [
    ...(models ? [models.join(', ')] : []),
    ...(accounts ? [counted(accounts.length, 'account')] : []),
  ]
  return only.length === 0 ? '' : ` · only for ${only.join(' and ')}`
}
