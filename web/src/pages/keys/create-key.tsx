import { Checkbox, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CreateKeyReply } from '../../../../src/contract/account.ts'
import { Form } from '../parts/form.tsx'
import { useCreateKey } from './data.ts'
import { SCOPES, type Scope } from './scopes.ts'

const DAY_MS = 86_400_000
/** Days. */
const LIVES = [30, 90]
const YEAR = 365

interface CreateKeyProps {
  opened: boolean
  onClose(): void
  onCreated(key: CreateKeyReply): void
}

export function CreateKey({ opened, onClose, onCreated }: CreateKeyProps) {
  const t = useTranslations('keys')
  return (
    <Modal opened={opened} onClose={onClose} title={t('create.title')}>
      <CreateKeyForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

function CreateKeyForm({ onClose, onCreated }: Omit<CreateKeyProps, 'opened'>) {
  const t = useTranslations('keys')
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
      action={t('create.do')}
      pending={create.isPending}
      error={create.error}
      disabled={scopes.length === 0}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('create.name')}
        description={t('create.nameSays')}
        placeholder={t('create.example')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        data-autofocus
      />
      <Checkbox.Group
        label={t('create.scopes')}
        value={scopes}
        onChange={(chosen) => setScopes(chosen as Scope[])}
        error={scopes.length === 0 && t('create.atLeastOne')}
      >
        <Stack gap="xs" mt="xs">
          {SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={t(`scopes.${scope}.label`)}
              description={t(`scopes.${scope}.says`)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label={t('create.expires')}
        data={[
          { label: t('lives.never'), value: '' },
          ...LIVES.map((count) => ({ label: t('lives.days', { count }), value: String(count) })),
          { label: t('lives.year'), value: String(YEAR) },
        ]}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
    </Form>
  )
}
