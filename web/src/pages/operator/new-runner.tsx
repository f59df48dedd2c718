import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CopyLine } from '../parts/copy-line.tsx'
import { Form } from '../parts/form.tsx'
import { useNewRunner } from './data.ts'

interface NewRunnerProps {
  opened: boolean
  onClose(): void
}

export function NewRunner({ opened, onClose }: NewRunnerProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New runner" size="lg">
      <NewRunnerForm onClose={onClose} />
    </Modal>
  )
}

function NewRunnerForm({ onClose }: Pick<NewRunnerProps, 'onClose'>) {
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
      action="Create token"
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        description="The name of the machine. Parts that it transcribes are marked with it."
        placeholder="den"
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Only these models"
        description="Names, separated by commas. Leave it empty to allow all models."
        placeholder="whisper-base"
        value={only}
        onChange={(event) => setOnly(event.currentTarget.value)}
      />
      <Text size="sm">
        A runner gets the sound of parts and returns their text. Give tokens only to machines that you trust.
      </Text>
    </Form>
  )
}

/** Shows the token, which cannot be read again later. */
function Made({ name, token, onClose }: { name: string; token: string; onClose(): void }) {
  return (
    <Stack>
      <Text role="status">
        The runner “{name}” is ready. Run this on its machine; the token is shown only once.
      </Text>
      <CopyLine
        value={`earshot runner --server ${window.location.origin} --token ${token}`}
        label="Copy command"
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  )
}
