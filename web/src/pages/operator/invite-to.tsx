import { Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Form } from '../parts/form.tsx'
import { Invited } from '../settings/invite.tsx'
import { type Account, useInviteTo } from './data.ts'

export function InviteTo({ account, onClose }: { account: Account | undefined; onClose(): void }) {
  return (
    <Modal
      opened={account !== undefined}
      onClose={onClose}
      title={`Invite somebody to ${account?.name ?? ''}`}
    >
      {account && <InviteForm account={account} onClose={onClose} />}
    </Modal>
  )
}

function InviteForm({ account, onClose }: { account: Account; onClose(): void }) {
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
      action="Make link"
      pending={invite.isPending}
      error={invite.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        type="email"
        label="E-mail address"
        description="Or nothing: then whoever has the link may use it, once."
        placeholder="ada@example.org"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus
      />
      <NativeSelect
        label="As"
        data={[
          { value: 'owner', label: 'Owner: keys, money and people too' },
          { value: 'member', label: 'Member: transcribes and reads' },
        ]}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as 'owner' | 'member')}
      />
      <Checkbox
        label="Operator as well"
        description="Sees this area: all accounts, and the models."
        checked={operator}
        onChange={(event) => setOperator(event.currentTarget.checked)}
      />
    </Form>
  )
}
