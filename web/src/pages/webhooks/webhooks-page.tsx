import { Button, EmptyState, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { WebhookWithSecret } from '../../../../src/contract/webhooks.ts'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useCreateWebhook, useWebhooks } from './data.ts'
import { Endpoint } from './endpoint.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { SecretNote } from './secret-note.tsx'

export function WebhooksPage() {
  const shell = useTranslations('shell')
  const t = useTranslations('webhooks')
  const webhooks = useWebhooks()
  const [adding, setAdding] = useState(false)
  const [fresh, setFresh] = useState<WebhookWithSecret>()
  return (
    <Stack gap="lg">
      <PageHead title={shell('pages.webhooks')} says={t('says')}>
        <Button onClick={() => setAdding(true)}>{t('add')}</Button>
      </PageHead>
      {fresh && <SecretNote title={t('ready')} secret={fresh.secret} onClose={() => setFresh(undefined)} />}
      <Loaded query={webhooks} failed={t('failed')}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')} description={t('noneSays')} />
          ) : (
            items.map((endpoint) => <Endpoint key={endpoint.id} endpoint={endpoint} />)
          )
        }
      </Loaded>
      <Modal opened={adding} onClose={() => setAdding(false)} title={t('add')}>
        <Add
          onClose={() => setAdding(false)}
          onAdded={(endpoint) => {
            setFresh(endpoint)
            setAdding(false)
          }}
        />
      </Modal>
    </Stack>
  )
}

function Add({ onClose, onAdded }: { onClose(): void; onAdded(endpoint: WebhookWithSecret): void }) {
  const t = useTranslations('webhooks')
  const create = useCreateWebhook()
  return (
    <EndpointForm
      action={t('add')}
      pending={create.isPending}
      error={create.error}
      onSubmit={(endpoint) => create.mutate(endpoint, { onSuccess: onAdded })}
      onCancel={onClose}
    />
  )
}
