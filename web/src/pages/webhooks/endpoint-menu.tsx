import { ActionIcon, Menu, Modal } from '@mantine/core'
import { useState } from 'react'
import type { WebhookReply } from '../../../../src/contract/native.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useRemoveWebhook, useRotateSecret, useSecret, useUpdateWebhook } from './data.ts'
import { EndpointForm } from './endpoint-form.tsx'

interface EndpointMenuProps {
  endpoint: WebhookReply
  onSecret(shown: { secret: string; rotated: boolean }): void
}

export function EndpointMenu({ endpoint, onSecret }: EndpointMenuProps) {
  const [asking, setAsking] = useState<'edit' | 'rotate' | 'remove'>()
  const secret = useSecret(endpoint.id)
  const rotate = useRotateSecret(endpoint.id)
  const remove = useRemoveWebhook(endpoint.id)
  const done = () => setAsking(undefined)
  const show = () =>
    secret.mutate(undefined, { onSuccess: (found) => onSecret({ ...found, rotated: false }) })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={`More for ${endpoint.url}`} style={{ flexShrink: 0 }}>
            ⋯
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsking('edit')}>Edit</Menu.Item>
          <Menu.Item onClick={show}>Show secret</Menu.Item>
          <Menu.Item onClick={() => setAsking('rotate')}>Rotate secret</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setAsking('remove')}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking === 'edit'} onClose={done} title="Edit endpoint">
        <Edit endpoint={endpoint} onClose={done} />
      </Modal>
      <Confirm
        opened={asking === 'rotate'}
        title="Make a new secret?"
        action="Rotate secret"
        run={async () => onSecret({ ...(await rotate.mutateAsync(undefined)), rotated: true })}
        onClose={done}
      >
        Events are signed with the new and the old secret for a day, so you can change over without a gap.
      </Confirm>
      <Confirm
        opened={asking === 'remove'}
        title="Remove this endpoint?"
        action="Remove endpoint"
        run={() => remove.mutateAsync(undefined)}
        onClose={done}
      >
        {endpoint.url} is told nothing from now on, and the list of its deliveries goes too.
      </Confirm>
    </>
  )
}

function Edit({ endpoint, onClose }: { endpoint: WebhookReply; onClose(): void }) {
  const update = useUpdateWebhook(endpoint.id)
  return (
    <EndpointForm
      initial={endpoint}
      action="Save"
      pending={update.isPending}
      error={update.error}
      onSubmit={(change) => update.mutate(change, { onSuccess: onClose })}
      onCancel={onClose}
    />
  )
}
