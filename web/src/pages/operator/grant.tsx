import { Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { randomId } from '../../random-id.ts'
import { Form } from '../parts/form.tsx'
import { type Account, useGrant } from './data.ts'

export function Grant({ account, onClose }: { account: Account | undefined; onClose(): void }) {
  const t = useTranslations('operator')
  return (
    <Modal
      opened={account !== undefined}
      onClose={onClose}
      title={t('accounts.giveTo', { name: account?.name ?? '' })}
    >
      {account && <GrantForm account={account} onClose={onClose} />}
    </Modal>
  )
}

function GrantForm({ account, onClose }: { account: Account; onClose(): void }) {
  const t = useTranslations('operator')
  const [amount, setAmount] = useState<number | string>(100)
  const [note, setNote] = useState('')
  // The same press twice, or a press again after the network broke, gives once.
  const [reference] = useState(() => `page-${randomId()}`)
  const grant = useGrant(account.id)
  const submit = () => {
    grant.mutate(
      { amount: Number(amount), reference, ...(note.trim() && { note: note.trim() }) },
      { onSuccess: onClose },
    )
  }
  return (
    <Stack>
      <Form
        action={t('accounts.give')}
        pending={grant.isPending}
        error={grant.error}
        disabled={!(Number(amount) >= 1)}
        onSubmit={submit}
        onCancel={onClose}
      >
        <NumberInput
          label={t('grant.credits')}
          description={t('grant.have', { count: account.posted - account.pending })}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          thousandSeparator=" "
          required
          withAsterisk={false}
          value={amount}
          onChange={setAmount}
          data-autofocus
        />
        <TextInput
          label={t('grant.note')}
          description={t('grant.noteSays')}
          placeholder={t('grant.example')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Form>
      <Text size="xs" c="dimmed">
        {t('grant.final')}
      </Text>
    </Stack>
  )
}
