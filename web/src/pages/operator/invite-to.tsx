import { Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Form } from '../parts/form.tsx'
import { Invited } from '../settings/invite.tsx'
import { type Account, useInviteTo } from './data.ts'

export function InviteTo({ account, onClose }: { account: Account | undefined; onClose(): void }) {
  const t = useTranslations('operator')
  return (
    <Modal
      opened={account !== undefined}
      onClose={onClose}
      title={t('invite.title', { name: account?.name ?? '' })}
    >
      {account && <InviteForm account={account} onClose={onClose} />}
    </Modal>
  )
}

function InviteForm({ account, onClose }: { account: Account; onClose(): void }) {
  const t = useTranslations('operator')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<'owner' | 'member'>('owner')
  const [operator, setOperator] = useState(false)
  const invite = useInviteTo()
  const submit = () => {
    invite.mutate({ id: account.id, role, operator, ...(email.trim() && { email: email.trim() }) })
  }
  if (invite.data) return <Invited reply={invite.data} onClose={onClose} />
  return (
    <Form
      action={t('invite.make')}
      pending={invite.isPending}
      error={invite.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        type="email"
        label={t('invite.email')}
        description={t('invite.emailSays')}
        placeholder="ada@example.org"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus
      />
      <NativeSelect
        label={t('invite.as')}
        data={[
          { value: 'owner', label: t('invite.owner') },
          { value: 'member', label: t('invite.member') },
        ]}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as 'owner' | 'member')}
      />
      <Checkbox
        label={t('invite.operator')}
        description={t('invite.operatorSays')}
        checked={operator}
        onChange={(event) => setOperator(event.currentTarget.checked)}
      />
    </Form>
  )
}
