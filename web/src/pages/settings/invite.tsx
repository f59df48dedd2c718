import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { InviteReply, Person } from '../../../../src/contract/people.ts'
import { CopyLine } from '../parts/copy-line.tsx'
import { Problem } from '../parts/problem.tsx'
import { useInvite } from './data.ts'
import { joinLink } from './join-link.ts'

/** Makes a link to hand over: this server sends no e-mail. */
export function Invite() {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Person['role']>('member')
  const invite = useInvite()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate({ role, ...(email.trim() && { email }) }, { onSuccess: () => setEmail('') })
  }
  return (
    <Stack gap="sm">
      <form onSubmit={submit} aria-label="Invite somebody">
        <Group align="end" gap="sm">
          <TextInput
            flex="1 1 14rem"
            type="email"
            label="Invite somebody"
            description="Their e-mail address, or nothing: then whoever has the link may use it, once."
            placeholder="ada@example.org"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            label="As"
            data={[
              { value: 'member', label: 'Member' },
              { value: 'owner', label: 'Owner' },
            ]}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Person['role'])}
          />
          <Button type="submit" loading={invite.isPending}>
            Make link
          </Button>
        </Group>
      </form>
      <Problem error={invite.error} />
      {invite.data && <Invited reply={invite.data} onClose={invite.reset} />}
    </Stack>
  )
}

export function Invited({
  reply,
  onClose,
}: {
  reply: Pick<InviteReply, 'email' | 'token'>
  onClose(): void
}) {
  return (
    <Alert
      color="green"
      title="The invitation is ready"
      withCloseButton
      closeButtonLabel="Hide the link"
      onClose={onClose}
      role="status"
    >
      <Stack gap="sm">
        <Text size="sm">
          Send this link to {reply.email ?? 'the one whom you invite'}. It is shown this once, and works once,
          within a week.
        </Text>
        <CopyLine value={joinLink(reply.token)} label="Copy link" />
      </Stack>
    </Alert>
  )
}
