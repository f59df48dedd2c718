import { Checkbox, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CreateKeyReply } from '../../../../src/contract/account.ts'
import { Form } from '../parts/form.tsx'
import { useCreateKey } from './data.ts'
import { SCOPES, type Scope } from './scopes.ts'

const DAY_MS = 86_400_000
const LIVES = [
  { label: 'Never', value: '' },
  { label: 'In 30 days', value: '30' },
  { label: 'In 90 days', value: '90' },
  { label: 'In a year', value: '365' },
]

interface CreateKeyProps {
  opened: boolean
  onClose(): void
  onCreated(key: CreateKeyReply): void
}

export function CreateKey({ opened, onClose, onCreated }: CreateKeyProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New API key">
      <CreateKeyForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

function CreateKeyForm({ onClose, onCreated }: Omit<CreateKeyProps, 'opened'>) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['transcribe', 'media', 'library'])
  const [days, setDays] = useState('')
  const create = useCreateKey()
  const submit = () => {
    create.mutate(
      {
        ...(name.trim() && { name }),
        scopes,
        ...(days && { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
      },
      { onSuccess: onCreated },
    )
  }
  return (
    <Form
      action="Make key"
      pending={create.isPending}
      error={create.error}
      disabled={scopes.length === 0}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        description="What will use it, so that you know later which one to revoke."
        placeholder="Podcast site"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        data-autofocus
      />
      <Checkbox.Group
        label="What it may do"
        value={scopes}
        onChange={(chosen) => setScopes(chosen as Scope[])}
        error={scopes.length === 0 && 'Choose at least one.'}
      >
        <Stack gap="xs" mt="xs">
          {Object.entries(SCOPES).map(([scope, { label, says }]) => (
            <Checkbox key={scope} value={scope} label={label} description={says} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label="Expires"
        data={LIVES}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
    </Form>
  )
}
