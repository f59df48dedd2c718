import { ActionIcon, Menu, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { WebhookReply } from '../../../../src/contract/webhooks.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useRemoveWebhook, useRotateSecret, useSecret, useUpdateWebhook } from './data.ts'
import { EndpointForm } from './endpoint-form.tsx'

interface EndpointMenuProps {
  endpoint: WebhookReply
  onSecret(shown: { secret: string; rotated: boolean }): void
}

export function EndpointMenu({ endpoint, onSecret }: EndpointMenuProps) {
  const t = useTranslations('webhooks')
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
          <ActionIcon
            variant="default"
            aria-label={t('menu.more', { url: endpoint.url })}
            style={{ flexShrink: 0 }}
          >
            ⋯
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsking('edit')}>{t('menu.edit')}</Menu.Item>
          <Menu.Item onClick={show}>{t('menu.secret')}</Menu.Item>
          <Menu.Item onClick={() => setAsking('rotate')}>{t('menu.rotate')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setAsking('remove')}>
            {t('menu.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking === 'edit'} onClose={done} title={t('edit.title')}>
        <Edit endpoint={endpoint} onClose={done} />
      </Modal>
      <Confirm
        opened={asking === 'rotate'}
        title={t('rotate.title')}
        action={t('menu.rotate')}
        run={async () => onSecret({ ...(await rotate.mutateAsync(undefined)), rotated: true })}
        onClose={done}
      >
        {t('rotate.says')}
      </Confirm>
      <Confirm
        opened={asking === 'remove'}
        title={t('remove.title')}
        action={t('remove.do')}
        run={() => remove.mutateAsync(undefined)}
        onClose={done}
      >
        {t('remove.says', { url: endpoint.url })}
      </Confirm>
    </>
  )
}

function Edit({ endpoint, onClose }: { endpoint: WebhookReply; onClose(): void }) {
  const t = useTranslations('webhooks')
  const update = useUpdateWebhook(endpoint.id)
  return (
    <EndpointForm
      initial={endpoint}
      action={t('edit.save')}
      pending={update.isPending}
      error={update.error}
      onSubmit={(change) => update.mutate(change, { onSuccess: onClose })}
      onCancel={onClose}
    />
  )
}
