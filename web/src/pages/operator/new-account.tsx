import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CopyLine } from '../parts/copy-line.tsx'
import { Form } from '../parts/form.tsx'
import { Problem } from '../parts/problem.tsx'
import { joinLink } from '../settings/join-link.ts'
import { useInviteTo, useNewAccount } from './data.ts'

interface NewAccountProps {
  opened: boolean
  onClose(): void
}

export function NewAccount({ opened, onClose }: NewAccountProps) {
  const t = useTranslations('operator')
  return (
    <Modal opened={opened} onClose={onClose} title={t('accounts.new')}>
      <NewAccountForm onClose={onClose} />
    </Modal>
  )
}

function NewAccountForm({ onClose }: Pick<NewAccountProps, 'onClose'>) {
  const t = useTranslations('operator')
  const [name, setName] = useState('')
  const [credits, setCredits] = useState<number | string>(100)
  const create = useNewAccount()
  const invite = useInviteTo()
  const submit = () => {
    create.mutate(
      { name: name.trim(), credits: Number(credits) },
      { onSuccess: ({ accountId }) => invite.mutate({ id: accountId, role: 'owner' }) },
    )
  }
  if (create.data)
    return (
      <Made
        name={name.trim()}
        apiKey={create.data.apiKey}
        link={invite.data && joinLink(invite.data.token)}
        problem={invite.error}
        onClose={onClose}
      />
    )
  return (
    <Form
      action={t('newAccount.do')}
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('newAccount.name')}
        description={t('newAccount.nameSays')}
        placeholder={t('newAccount.example')}
        required
        withAsterisk={false}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label={t('newAccount.credits')}
        min={0}
        max={1_000_000_000}
        allowDecimal={false}
        thousandSeparator=" "
        value={credits}
        onChange={setCredits}
      />
    </Form>
  )
}

interface MadeProps {
  name: string
  apiKey: string
  link: string | undefined
  problem: Error | null
  onClose(): void
}

/** The one time that both can be read. */
function Made({ name, apiKey, link, problem, onClose }: MadeProps) {
  const t = useTranslations('operator')
  const parts = useTranslations('parts')
  return (
    <Stack>
      <Text role="status">{t('newAccount.ready', { name })}</Text>
      {link && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t('newAccount.person')}
          </Text>
          <CopyLine value={link} label={parts('copyLink')} />
        </Stack>
      )}
      <Problem error={problem} />
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {t('newAccount.program')}
        </Text>
        <CopyLine value={apiKey} label={t('newAccount.copyKey')} />
      </Stack>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('done')}</Button>
      </Group>
    </Stack>
  )
}
