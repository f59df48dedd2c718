import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { InviteReply, Person } from '../../../../src/contract/people.ts'
import { CopyLine } from '../parts/copy-line.tsx'
import { Problem } from '../parts/problem.tsx'
import { useInvite } from './data.ts'
import { joinLink } from './join-link.ts'

/** Makes a link to hand over: this server sends no e-mail. */
export function Invite() {
  const t = useTranslations('settings')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Person['role']>('member')
  const invite = useInvite()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate({ role, ...(email.trim() && { email }) }, { onSuccess: () => setEmail('') })
  }
  return (
    <Stack gap="sm">
      <form onSubmit={submit} aria-label={t('invite.title')}>
        <Group align="end" gap="sm">
          <TextInput
            flex="1 1 14rem"
            type="email"
            label={t('invite.title')}
            description={t('invite.says')}
            placeholder="ada@example.org"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('invite.as')}
            data={[
              { value: 'member', label: t('roles.member') },
              { value: 'owner', label: t('roles.owner') },
            ]}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Person['role'])}
          />
          <Button type="submit" loading={invite.isPending}>
            {t('invite.make')}
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
  const t = useTranslations('settings')
  const parts = useTranslations('parts')
  return (
    <Alert
      color="green"
      title={t('invite.ready')}
      withCloseButton
      closeButtonLabel={t('invite.hide')}
      onClose={onClose}
      role="status"
    >
      <Stack gap="sm">
        <Text size="sm">{t('invite.send', { who: reply.email ?? t('invite.theOne') })}</Text>
        <CopyLine value={joinLink(reply.token)} label={parts('copyLink')} />
      </Stack>
    </Alert>
  )
}
