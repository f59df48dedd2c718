import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
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
  return (
    <Modal opened={opened} onClose={onClose} title="New account">
      <NewAccountForm onClose={onClose} />
    </Modal>
  )
}

function NewAccountForm({ onClose }: Pick<NewAccountProps, 'onClose'>) {
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
      action="Make account"
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        description="Of the team, customer or person that it is for."
        placeholder="Podcast team"
        required
        withAsterisk={false}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label="Credits to begin with"
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
  return (
    <Stack>
      <Text role="status">
        The account “{name}” is ready. Hand over what they need; both are shown this once.
      </Text>
      {link && (
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            For a person: makes their login, once, within a week
          </Text>
          <CopyLine value={link} label="Copy link" />
        </Stack>
      )}
      <Problem error={problem} />
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          For a program: an API key
        </Text>
        <CopyLine value={apiKey} label="Copy key" />
      </Stack>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  )
}
