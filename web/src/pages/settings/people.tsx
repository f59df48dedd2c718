import { Badge, Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
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
  const t = useTranslations('settings')
  const people = usePeople()
  const owner = people.data?.people.some(({ you, role }) => you && role === 'owner') ?? false
  return (
    <Section title={t('people.title')} says={t('people.says')}>
      <Loaded query={people} failed={t('people.failed')}>
        {(data) => <Everybody {...data} owner={owner} />}
      </Loaded>
      {owner && <Invite />}
    </Section>
  )
}

function Everybody({ people, invitations, owner }: PeopleReply & { owner: boolean }) {
  const t = useTranslations('settings')
  const [removing, setRemoving] = useState<Person>()
  const remove = useRemovePerson()
  return (
    <>
      <Rows label={t('people.title')}>
        {people.map((person) => (
          <OnePerson key={person.id} person={person} owner={owner} onRemove={() => setRemoving(person)} />
        ))}
      </Rows>
      {invitations.length > 0 && (
        <Rows label={t('people.invitations')}>
          {invitations.map((invitation) => (
            <OneInvitation key={invitation.id} invitation={invitation} />
          ))}
        </Rows>
      )}
      <Confirm
        opened={removing !== undefined}
        title={t('people.removeAsk', { name: removing?.name ?? '' })}
        action={t('people.remove')}
        run={async () => removing && remove.mutateAsync(removing.id)}
        onClose={() => setRemoving(undefined)}
      >
        {t('people.removeSays', { email: removing?.email ?? '' })}
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
  const t = useTranslations('settings')
  const setRole = useSetRole(person.id)
  return (
    <Row
      actions={
        owner && (
          <>
            <NativeSelect
              size="xs"
              aria-label={t('people.roleOf', { name: person.name })}
              data={[
                { value: 'owner', label: t('roles.owner') },
                { value: 'member', label: t('roles.member') },
              ]}
              value={person.role}
              disabled={setRole.isPending}
              onChange={(event) => setRole.mutate({ role: event.currentTarget.value as Person['role'] })}
            />
            {!person.you && (
              <Button
                size="xs"
                variant="default"
                onClick={onRemove}
                aria-label={t('people.removeNamed', { name: person.name })}
              >
                {t('people.remove')}
              </Button>
            )}
          </>
        )
      }
    >
      <Text fw={600}>
        {person.name} {person.you && <Badge variant="light">{t('people.you')}</Badge>}{' '}
        {person.operator && (
          <Badge variant="light" color="grape">
            {t('people.operator')}
          </Badge>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {person.email}
        {!owner && ` · ${t(`role.${person.role}`)}`}
        {person.lastLoginAt && (
          <>
            {' · '}
            {t.rich('people.lastLogin', { when: () => <When at={person.lastLoginAt ?? 0} /> })}
          </>
        )}
      </Text>
      <Problem error={setRole.error} />
    </Row>
  )
}

function OneInvitation({ invitation }: { invitation: Invitation }) {
  const t = useTranslations('settings')
  const withdraw = useWithdraw()
  const name = invitation.email ?? t('people.whoever')
  return (
    <Row
      actions={
        <Button
          size="xs"
          variant="default"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate(invitation.id)}
          aria-label={t('people.withdrawNamed', { name })}
        >
          {t('people.withdraw')}
        </Button>
      }
    >
      <Stack gap={2}>
        <Text>
          {t('people.invited', { name })} <Badge variant="light">{t(`role.${invitation.role}`)}</Badge>
        </Text>
        <Text size="sm" c="dimmed">
          {t.rich('people.worksUntil', { when: () => <When at={invitation.expiresAt} /> })}
        </Text>
        <Problem error={withdraw.error} />
      </Stack>
    </Row>
  )
}
