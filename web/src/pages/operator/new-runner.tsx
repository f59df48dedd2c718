import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CopyLine } from '../parts/copy-line.tsx'
import { Form } from '../parts/form.tsx'
import { useNewRunner } from './data.ts'

interface NewRunnerProps {
  opened: boolean
  onClose(): void
}

export function NewRunner({ opened, onClose }: NewRunnerProps) {
  const t = useTranslations('operator')
  return (
    <Modal opened={opened} onClose={onClose} title={t('newRunner.title')} size="lg">
      <NewRunnerForm onClose={onClose} />
    </Modal>
  )
}

function NewRunnerForm({ onClose }: Pick<NewRunnerProps, 'onClose'>) {
  const t = useTranslations('operator')
  const [name, setName] = useState('')
  const [only, setOnly] = useState('')
  const create = useNewRunner()
  const submit = () => {
    const models = only
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
    create.mutate({ name: name.trim(), ...(models.length > 0 && { models }) })
  }
  if (create.data) return <Made name={name.trim()} token={create.data.token} onClose={onClose} />
  return (
    <Form
      action={t('newRunner.do')}
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t('newAccount.name')}
        description={t('newRunner.nameSays')}
        placeholder={t('newRunner.example')}
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('newRunner.only')}
        description={t('newRunner.onlySays')}
        placeholder="whisper-base"
        value={only}
        onChange={(event) => setOnly(event.currentTarget.value)}
      />
      <Text size="sm">{t('newRunner.says')}</Text>
    </Form>
  )
}

/** Shows the token, which cannot be read again later. */
function Made({ name, token, onClose }: { name: string; token: string; onClose(): void }) {
  const t = useTranslations('operator')
  return (
    <Stack>
      <Text role="status">{t('newRunner.ready', { name })}</Text>
      <CopyLine
        value={`earshot runner --server ${window.location.origin} --token ${token}`}
        label={t('newRunner.copy')}
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('done')}</Button>
      </Group>
    </Stack>
  )
}
