import { Badge, Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Invitation, PeopleReply, Person } from '../../../../src/contract/people.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { usePeople, useRemovePerson, useSetRole, useWithdraw } from './data.ts'
import { Invite } from './invite.tsx'

export function People() {
  const people = usePeople()
  const owner = people.data?.people.some(({ you, role }) => you && role === 'owner') ?? false
  return (
    <Section
      title="People"
      says="Members transcribe and read. Owners also look after people, keys, webhooks and credits."
    >
      <Loaded query={people} failed="We could not load the people of this account">
        {(data) => <Everybody {...data} owner={owner} />}
      </Loaded>
      {owner && <Invite />}
    </Section>
  )
}

function Everybody({ people, invitations, owner }: PeopleReply & { owner: boolean }) {
  const [removing, setRemoving] = useState<Person>()
  const remove = useRemovePerson()
  return (
    <>
      <Rows label="People">
        {people.map((person) => (
          <OnePerson key={person.id} person={person} owner={owner} onRemove={() => setRemoving(person)} />
        ))}
      </Rows>
      {invitations.length > 0 && (
        <Rows label="Open invitations">
          {invitations.map((invitation) => (
            <OneInvitation key={invitation.id} invitation={invitation} />
          ))}
        </Rows>
      )}
      <Confirm
        opened={removing !== undefined}
        title={`Remove ${removing?.name ?? ''}?`}
        action="Remove"
        run={async () => removing && remove.mutateAsync(removing.id)}
        onClose={() => setRemoving(undefined)}
      >
        {removing?.email} cannot log in any more. What was transcribed stays in the account.
      </Confirm>
    </>
  )
}

interface OnePersonProps {
  person: Person
  owner: boolean
  onRemove(): void
}

function OnePerson({ person, owner, onRemove }: OnePersonProps) {
  const setRole = useSetRole(person.id)
  return (
    <Row
      actions={
        owner && (
          <>
            <NativeSelect
              size="xs"
              aria-label={`Role of ${person.name}`}
              data={[
                { value: 'owner', label: 'Owner' },
                { value: 'member', label: 'Member' },
              ]}
              value={person.role}
              disabled={setRole.isPending}
              onChange={(event) => setRole.mutate({ role: event.currentTarget.value as Person['role'] })}
            />
            {!person.you && (
              <Button size="xs" variant="default" onClick={onRemove} aria-label={`Remove ${person.name}`}>
                Remove
              </Button>
            )}
          </>
        )
      }
    >
      <Text fw={600}>
        {person.name} {person.you && <Badge variant="light">you</Badge>}{' '}
        {person.operator && (
          <Badge variant="light" color="grape">
            operator
          </Badge>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {person.email}
        {!owner && ` · ${person.role}`}
        {person.lastLoginAt && (
          <>
            {' · last login '}
            <When at={person.lastLoginAt} />
          </>
        )}
      </Text>
      <Problem error={setRole.error} />
    </Row>
  )
}

function OneInvitation({ invitation }: { invitation: Invitation }) {
  const withdraw = useWithdraw()
  const name = invitation.email ?? 'whoever has the link'
  return (
    <Row
      actions={
        <Button
          size="xs"
          variant="default"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate(invitation.id)}
          aria-label={`Withdraw the invitation of ${name}`}
        >
          Withdraw
        </Button>
      }
    >
      <Stack gap={2}>
        <Text>
          Invited: {name} <Badge variant="light">{invitation.role}</Badge>
        </Text>
        <Text size="sm" c="dimmed">
          The link works once, until <When at={invitation.expiresAt} />.
        </Text>
        <Problem error={withdraw.error} />
      </Stack>
    </Row>
  )
}
